package app.infinitestories.ai;

import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the models cost, as published on a certain day. The table is a resource; configuration may
 * replace single prices. Amounts are exact US dollars.
 */
public final class PriceTable {
  private static final String RESOURCE = "/app/infinitestories/ai/prices.json";
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);
  private static final BigDecimal NANOS_PER_MINUTE = new BigDecimal(60_000_000_000L);

  private static final int MAX_DECIMALS = 6;

  /** A millionth of the finest price, so that tokens never need rounding. */
  private static final int TOKEN_SCALE = MAX_DECIMALS + 6;

  private static final int SOUND_SCALE = 9;

  /** US dollars per million tokens, by sort of token. */
  record TokenPrice(
      BigDecimal input,
      BigDecimal cachedInput,
      BigDecimal imageInput,
      BigDecimal output,
      BigDecimal audioOutput) {}

  /**
   * Tokens of one call.
   *
   * @param input text that went in, without what was cached
   * @param cachedInput text that the provider still knew
   * @param imageInput pictures that went in
   * @param output text or pictures that came out
   * @param audioOutput sound that came out
   */
  public record Tokens(
      long input, long cachedInput, long imageInput, long output, long audioOutput) {
    public static Tokens text(long input, long cachedInput, long output) {
      return new Tokens(input, cachedInput, 0, output, 0);
    }

    public static Tokens picture(long textInput, long imageInput, long output) {
      return new Tokens(textInput, 0, imageInput, output, 0);
    }

    public long total() {
      return input + cachedInput + imageInput + output + audioOutput;
    }
  }

  private final LocalDate date;
  private final Map<String, TokenPrice> tokens = new HashMap<>();
  private final Map<String, BigDecimal> minutes = new HashMap<>();
  private final Map<String, BigDecimal> seconds = new HashMap<>();
  private final BigDecimal runwayCredit;

  private PriceTable(JsonNode table) {
    date = LocalDate.parse(table.path("date").asText());
    table
        .path("perMillionTokens")
        .properties()
        .forEach(entry -> tokens.put(entry.getKey(), tokenPrice(entry.getValue())));
    table
        .path("perMinute")
        .properties()
        .forEach(entry -> minutes.put(entry.getKey(), amount(entry.getValue())));
    table
        .path("perSecond")
        .properties()
        .forEach(entry -> seconds.put(entry.getKey(), amount(entry.getValue())));
    runwayCredit = amount(table.path("perRunwayCredit"));
  }

  /** The table that the product ships. */
  public static PriceTable published() {
    return new PriceTable(resource());
  }

  /**
   * The shipped table with some prices replaced.
   *
   * @param changes JSON of the table's shape; what it names wins
   * @throws IllegalArgumentException if it is no such JSON
   */
  public static PriceTable published(String changes) {
    JsonNode merged = resource();
    JsonNode change = Json.parse(changes);
    if (!change.isObject()) {
      throw new IllegalArgumentException("must be a JSON object in the shape of prices.json");
    }
    merge((ObjectNode) merged, (ObjectNode) change);
    try {
      return new PriceTable(merged);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("date must be like 2026-11-20", e);
    }
  }

  /** The day on which these prices were read. */
  public LocalDate date() {
    return date;
  }

  /** Whether the model has a price of any kind. */
  public boolean knows(String model) {
    return tokens.containsKey(model) || minutes.containsKey(model) || seconds.containsKey(model);
  }

  /** Exact dollars for tokens of a model. */
  public BigDecimal tokens(String model, Tokens used) {
    TokenPrice price = known(tokens.get(model), model, "tokens");
    return times(price.input(), used.input())
        .add(times(price.cachedInput(), used.cachedInput()))
        .add(times(price.imageInput(), used.imageInput()))
        .add(times(price.output(), used.output()))
        .add(times(price.audioOutput(), used.audioOutput()))
        .divide(MILLION, TOKEN_SCALE, RoundingMode.UNNECESSARY)
        .stripTrailingZeros();
  }

  /** Whether the model is paid by the token. */
  public boolean isPaidByToken(String model) {
    return tokens.containsKey(model);
  }

  /** Dollars for sound of that length, rounded up to a nano-dollar. */
  public BigDecimal sound(String model, Duration length) {
    return known(minutes.get(model), model, "minutes")
        .multiply(new BigDecimal(length.toNanos()))
        .divide(NANOS_PER_MINUTE, SOUND_SCALE, RoundingMode.UP)
        .stripTrailingZeros();
  }

  /** Exact dollars for a film of that many seconds. */
  public BigDecimal film(String model, int filmSeconds) {
    return known(seconds.get(model), model, "seconds").multiply(new BigDecimal(filmSeconds));
  }

  /** Exact dollars for Runway's credits, which a finished task states. */
  public BigDecimal runwayCredits(BigDecimal credits) {
    return runwayCredit.multiply(credits);
  }

  private static <T> T known(
      @org.jspecify.annotations.Nullable T price, String model, String unit) {
    return Optional.ofNullable(price)
        .orElseThrow(() -> new IllegalArgumentException(model + " has no price by " + unit));
  }

  private static BigDecimal times(BigDecimal price, long count) {
    return price.multiply(BigDecimal.valueOf(count));
  }

  private static TokenPrice tokenPrice(JsonNode price) {
    BigDecimal input = amount(price.path("input"));
    BigDecimal output = amount(price.path("output"));
    return new TokenPrice(
        input,
        price.has("cachedInput") ? amount(price.path("cachedInput")) : input,
        price.has("imageInput") ? amount(price.path("imageInput")) : input,
        output,
        price.has("audioOutput") ? amount(price.path("audioOutput")) : output);
  }

  private static BigDecimal amount(JsonNode node) {
    try {
      BigDecimal amount = new BigDecimal(node.asText());
      if (amount.signum() < 0 || amount.scale() > MAX_DECIMALS) {
        throw new IllegalArgumentException("a price is not negative and has at most 6 decimals");
      }
      return amount;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a price must be a decimal number in quotes", e);
    }
  }

  private static void merge(ObjectNode into, ObjectNode change) {
    for (Map.Entry<String, JsonNode> entry : change.properties()) {
      JsonNode old = into.get(entry.getKey());
      if (old instanceof ObjectNode oldObject && entry.getValue() instanceof ObjectNode newObject) {
        merge(oldObject, newObject);
      } else {
        into.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static JsonNode resource() {
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
