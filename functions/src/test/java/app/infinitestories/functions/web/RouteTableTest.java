package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import app.infinitestories.ratelimit.RateLimit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  record Nothing() {}

  private static RouteGroup gets(String... paths) {
    return r -> {
      for (String path : paths) {
        r.get(path)
            .auth(Authority.NONE)
            .limit(RateLimit.READS)
            .returns(Status.OK, Nothing.class)
            .to(call -> new Nothing());
      }
    };
  }

  private static RouteTable table(String... paths) {
    return new RouteTable(Routes.collect(gets(paths)));
  }

  private static RouteTable.Match.Found found(RouteTable table, String path) {
    return assertInstanceOf(RouteTable.Match.Found.class, table.find("GET", path));
  }

  @Test
  void prefersFixedSegmentsAndGoesBackWhereTheyLeadNowhere() {
    RouteTable table = table("/a/{x}", "/a/b", "/a/{y}/c", "/a/b/d");

    assertEquals("/a/b", found(table, "/a/b").endpoint().path());
    assertEquals("/a/{x}", found(table, "/a/z").endpoint().path());
    assertEquals(Map.of("x", "z"), found(table, "/a/z").parameters());
    assertEquals(Map.of("y", "b"), found(table, "/a/b/c").parameters());
    assertEquals("/a/b/d", found(table, "/a/b/d").endpoint().path());
    assertInstanceOf(RouteTable.Match.Nothing.class, table.find("GET", "/a/z/d"));
    assertInstanceOf(RouteTable.Match.Nothing.class, table.find("GET", "/a"));
  }

  @Test
  void knowsWhatAParameterCannotBe() {
    RouteTable table = table("/a/{x}", "/a/b", "/a/{x}/c", "/a/{x}/{y}", "/a/d/e", "/f");

    assertEquals(Set.of("b", "d"), table.fixedInsteadOf("/a/{x}"));
    assertEquals(Set.of("c"), table.fixedInsteadOf("/a/{x}/{y}"));
    assertThrows(IllegalStateException.class, () -> table.fixedInsteadOf("/f/{x}"));
    assertThrows(IllegalStateException.class, () -> table.fixedInsteadOf("/g/{x}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a/", "/a//", "//a", "/a/%", "/a/%4", "/a/%zz", "/a/%ff"})
  void knowsNoPathThatIsNotWellFormed(String path) {
    assertInstanceOf(RouteTable.Match.Nothing.class, table("/a", "/a/{x}").find("GET", path));
  }

  @Test
  void decodesFixedSegmentsTooButSplitsBefore() {
    RouteTable table = table("/ab/{x}");

    assertEquals(Map.of("x", "1/2"), found(table, "/a%62/1%2F2").parameters());
    assertEquals(Map.of("x", "+%41"), found(table, "/ab/+%2541").parameters());
  }

  @Test
  void takesAnyTextAsAParameter() {
    RouteTable table = table("/a/{x}");
    qt().forAll(strings().allPossible().ofLengthBetween(1, 20))
        .assuming(StrictJson::isStorable)
        .checkAssert(text -> {
          String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
          assertEquals(Map.of("x", text), found(table, "/a/" + encoded).parameters());
        });
  }

  @Test
  void decodesPlusOnlyInQueries() {
    assertEquals("a b", RouteTable.PercentCoding.decode("a+b", true));
    assertEquals("a+b", RouteTable.PercentCoding.decode("a+b", false));
    assertNull(RouteTable.PercentCoding.decode("%c3%28", true));
  }

  @Test
  void stopsTheStartOverMistakesInTheTable() {
    assertMistake("mounted twice", gets("/a", "/a"));
    assertMistake("is the same as", gets("/a/{x}", "/a/{y}"));
    assertMistake("twice", gets("/a/{x}/{x}"));
    assertMistake("not a path template", gets("a"));
    assertMistake("not a path template", gets("/a/"));
    assertMistake(
        "without a handler",
        r -> {
          var forgotten = r.get("/a").auth(Authority.NONE);
          assertTrue(forgotten != null);
        });
    assertMistake(
        "needs the type",
        r -> r.get("/a").auth(Authority.NONE).unlimited().returns(Status.OK).to(call -> {}));
  }

  private static void assertMistake(String message, RouteGroup group) {
    var mistake =
        assertThrows(IllegalStateException.class, () -> new RouteTable(Routes.collect(group)));
    assertTrue(String.valueOf(mistake.getMessage()).contains(message), mistake.getMessage());
  }

  @Test
  void mountsGroupsBelowPrefixes() {
    var endpoints = Routes.collect(r -> r.under("/api", inner -> inner.under("/v2", gets("/a"))));

    assertEquals(List.of("/api/v2/a"), endpoints.stream().map(Endpoint::path).toList());
  }
}
