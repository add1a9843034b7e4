package app.infinitestories.functions.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
  private static final String TAG = "\"0a1b\"";

  @Test
  void tellsBodiesApart() {
    assertEquals(EntityTags.of("a".getBytes(UTF_8)), EntityTags.of("a".getBytes(UTF_8)));
    assertNotEquals(EntityTags.of("a".getBytes(UTF_8)), EntityTags.of("b".getBytes(UTF_8)));
    assertTrue(EntityTags.of(new byte[0]).matches("\"[0-9a-f]{32}\""), "strong, and quoted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0a1b\"",
        "W/\"0a1b\"",
        "*",
        " * ",
        "\"x\",\"0a1b\"",
        "\"x\" , W/\"y\",\t\"0a1b\" , \"z\"",
        ",, \"0a1b\"",
        "\"a,b\", \"0a1b\"",
        "\"\", \"0a1b\""
      })
  void findsTheTagInAList(String list) {
    assertTrue(EntityTags.isAmong(List.of(list), TAG));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0a1b",
        "\"0a1\"",
        "\"0A1B\"",
        "w/\"0a1b\"",
        "W/",
        "\"0a1b",
        "\"x, \"0a1b\"",
        "\"x\" W/W/\"0a1b\"",
        "\"*\"",
        "\"a,\"0a1b\"",
        ","
      })
  void findsNothingElse(String list) {
    assertFalse(EntityTags.isAmong(List.of(list), TAG));
  }

  @Test
  void readsEveryHeaderOfThatName() {
    assertTrue(EntityTags.isAmong(List.of("\"x\"", "\"0a1b\""), TAG));
    assertFalse(EntityTags.isAmong(List.of(), TAG));
  }
}
