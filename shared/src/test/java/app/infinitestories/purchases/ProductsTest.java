package app.infinitestories.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PRODUCTS may say. */
class ProductsTest {
  @Test
  void eachKindIsRead() {
    assertEquals(Optional.of(new Product("five", 5, null, 0, 0)), Told.PRODUCTS.find("five"));
    assertEquals(Product.Kind.CONSUMABLE, kind("five"));
    assertEquals(Product.Kind.GIFT, kind("gift"));
    assertEquals(Product.Kind.SUBSCRIPTION, kind("plus"));
  }

  @Test
  void aBasePlanBehindAColonMayBeLeftOut() {
    Products products =
        Products.of("{\"a\":{\"tokens\":1},\"b\":{\"tokens\":1},\"b:year\":{\"tokens\":9}}");

    assertEquals(1, products.find("a:month").orElseThrow().tokens());
    assertEquals(1, products.find("b:month").orElseThrow().tokens());
    assertEquals(9, products.find("b:year").orElseThrow().tokens());
    assertTrue(products.find("c:month").isEmpty());
    assertTrue(products.find("c").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"a\":{}}",
        "{\"a\":{\"tokens\":0}}",
        "{\"a\":{\"tokens\":-1}}",
        "{\"a\":{\"tokens\":1000001}}",
        "{\"a\":{\"tokens\":1.5}}",
        "{\"a\":{\"tokens\":\"5\"}}",
        "{\"a\":{\"tier\":\"gold\"}}",
        "{\"a\":{\"giftTokens\":1,\"tokens\":1}}",
        "{\"a\":{\"giftTokens\":1,\"tier\":\"premium\"}}",
        "{\"a\":{\"tokens\":1,\"colour\":1}}",
        "{\"a\":{\"tokens\":1,\"gift\":1}}"
      })
  void whatMakesNoSenseIsRefused(String json) {
    assertThrows(IllegalArgumentException.class, () -> Products.of(json));
    var env = new Environment(Map.of("PRODUCTS", json));
    assertEquals(Map.of(), Products.from(env).byId());
    assertThrows(ConfigurationException.class, env::check);
  }

  @Test
  void aNumberIsFromZeroToAMillion() {
    Products products =
        Products.of("{\"a\":{\"tokens\":1000000},\"b\":{\"tier\":\"premium\",\"tokens\":0}}");

    assertEquals(1_000_000, products.find("a").orElseThrow().tokens());
    assertEquals(0, products.find("b").orElseThrow().tokens());
  }

  @Test
  void theDefaultIsSound() {
    var env = new Environment(Map.of());

    assertEquals(5, Products.from(env).byId().size());
    env.check();
  }

  private static Product.Kind kind(String id) {
    return Told.PRODUCTS.find(id).orElseThrow().kind();
  }
}
