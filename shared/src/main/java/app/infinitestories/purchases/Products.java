package app.infinitestories.purchases;

import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The products that are sold, by the stores' ids; what is not here is unknown. */
public record Products(Map<String, Product> byId) {
  private static final String DEFAULT =
      "{\"tokens.small\":{\"tokens\":5},\"tokens.large\":{\"tokens\":20},"
          + "\"premium.monthly\":{\"tier\":\"premium\",\"monthlyStories\":50},"
          + "\"premium.yearly\":{\"tier\":\"premium\",\"monthlyStories\":50},"
          + "\"gift.small\":{\"giftTokens\":5}}";
  private static final Set<String> FIELDS =
      Set.of("tokens", "tier", "monthlyStories", "giftTokens");
  private static final long MOST = 1_000_000;

  public Products {
    byId = Map.copyOf(byId);
  }

  /** Reads PRODUCTS, noting whatever is wrong with it. */
  public static Products from(Environment env) {
    String text =
        env.text(
            "PRODUCTS",
            DEFAULT,
            "JSON: what a product id of the stores is worth: tokens, or tier and monthlyStories, or"
                + " giftTokens");
    try {
      return of(text);
    } catch (IllegalArgumentException e) {
      env.problem("PRODUCTS: " + e.getMessage());
      return new Products(Map.of());
    }
  }

  /**
   * Reads the JSON text.
   *
   * @throws IllegalArgumentException naming the product and what is wrong
   */
  public static Products of(String json) {
    JsonNode root = Json.parse(json);
    if (!root.isObject()) {
      throw new IllegalArgumentException("must be an object of products by id");
    }
    var products = new LinkedHashMap<String, Product>();
    root.properties().forEach(entry -> products.put(entry.getKey(), product(entry)));
    return new Products(products);
  }

  /** The product; a base plan behind a colon, as RevenueCat writes Google's, may be left out. */
  public Optional<Product> find(String id) {
    Product exact = byId.get(id);
    int colon = id.indexOf(':');
    return exact != null || colon < 0
        ? Optional.ofNullable(exact)
        : Optional.ofNullable(byId.get(id.substring(0, colon)));
  }

  private static Product product(Map.Entry<String, JsonNode> entry) {
    String id = entry.getKey();
    JsonNode fields = entry.getValue();
    fields
        .fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            throw new IllegalArgumentException(id + " has an unknown field " + name);
          }
        });
    String tier = fields.path("tier").isMissingNode() ? null : fields.path("tier").asText();
    if (tier != null && !tier.equals("premium")) {
      throw new IllegalArgumentException(id + ": tier must be premium");
    }
    var product =
        new Product(
            id,
            number(id, fields, "tokens"),
            tier,
            number(id, fields, "monthlyStories"),
            number(id, fields, "giftTokens"));
    boolean worthless = product.tokens() == 0 && product.giftTokens() == 0 && tier == null;
    if (worthless || (product.giftTokens() > 0 && (product.tokens() > 0 || tier != null))) {
      throw new IllegalArgumentException(
          id + " must be worth tokens, a tier with monthlyStories, or giftTokens");
    }
    return product;
  }

  private static long number(String id, JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > MOST) {
      throw new IllegalArgumentException(id + ": " + name + " must be from 0 to " + MOST);
    }
    return value.asLong();
  }
}
