package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertMalformed(byte[] bytes) {
    var refused = assertThrows(Failure.BadInput.class, () -> StrictJson.read(bytes));
    assertEquals(FailureCode.MALFORMED_JSON, refused.code());
    assertTrue(refused.details().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        " ",
        "nil",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":1 /* */}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "{\"b\":{\"a\":1,\"\\u0061\":2}}",
        "{\"a\":[1e99999999999]}",
        "{\"\\u0000\":1}",
        "{\"a\":[{\"x\\ud800\":1}]}",
        "{\"a\":\"\t\"}",
        "\ufeff{}"
      })
  void refusesWhatIsNotJsonOrCannotBeStored(String text) {
    assertMalformed(utf8(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1e999}",
        "{\"a\":-1e999}",
        "{\"a\":\"\\u0000\"}",
        "{\"b\":1,\"a\":[\"x\\ud800\"]}",
        "{\"a\":\"\\udc00\\ud800\"}"
      })
  void knowsAValueThatCannotBeKept(String text) {
    assertNotNull(StrictJson.problem(StrictJson.read(utf8(text))));
    assertNull(StrictJson.problem(StrictJson.read(utf8("{\"a\":[\"b\",1e308,null,true]}"))));
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    assertMalformed("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertMalformed("{}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void allowsNestingUpTo64() {
    String deepest = "[".repeat(64) + "]".repeat(64);

    StrictJson.read(utf8(deepest));
    assertMalformed(utf8("[" + deepest + "]"));
    assertMalformed(utf8("[".repeat(100_000)));
  }

  @Test
  void readsWhatIsRight() {
    var json = StrictJson.read(utf8("{\"a\":\"\ud83d\ude00\",\"b\":1e308,\"c\":[null,true]} "));

    assertEquals("\ud83d\ude00", json.get("a").textValue());
    assertEquals(1e308, json.get("b").doubleValue());
    assertEquals(2, json.get("c").size());
  }

  @Test
  void answersAnyBytesWithAValueOrMalformed() {
    qt().forAll(lists().of(integers().between(0, 255)).ofSizeBetween(0, 40))
        .checkAssert(list -> {
          byte[] bytes = new byte[list.size()];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i).byteValue();
          }
          try {
            StrictJson.read(bytes);
          } catch (Failure.BadInput malformed) {
            assertEquals(FailureCode.MALFORMED_JSON, malformed.code());
          }
        });
  }
}
