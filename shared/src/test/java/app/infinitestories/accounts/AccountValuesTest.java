package app.infinitestories.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small values of an account: lines, holds, and what a new one starts with. */
class AccountValuesTest {
  @Test
  void aLineCountsWhoComesAndWhoGoes() {
    Line line = Line.EMPTY.entered(70).entered(80).queuedUp();
    assertEquals(new Line(2, 1, 80), line);

    assertEquals(new Line(1, 1, 80), line.left());
    assertEquals(new Line(2, 0, 80), line.gaveUp());
  }

  @Test
  void nobodyGoesFromAnEmptyLine() {
    assertEquals(Line.EMPTY, Line.EMPTY.left());
    assertEquals(Line.EMPTY, Line.EMPTY.gaveUp());
  }

  @Test
  void aLineIsReadAsItWasStored() {
    var line = new Line(2, 1, 80);

    assertEquals(line, Line.of(line.toMap()));
    assertEquals(Line.EMPTY, Line.of(null));
    assertEquals(new Line(3, 0, 0), Line.of(Map.of("active", 3L, "turn", "soon")));
  }

  @Test
  void aHoldIsReadAsItWasStored() {
    var quota = new Hold(0, 1, "2026-11-01");
    var tokens = new Hold(2, 0, null);

    assertEquals(quota, Hold.of(quota.toMap()));
    assertEquals(tokens, Hold.of(tokens.toMap()));
    assertEquals(new Hold(0, 0, null), Hold.of(null));
    assertEquals(new Hold(0, 0, null), Hold.of(Map.of("tokens", "two")));
  }

  @Test
  void aNewAccountStartsWithWhatConfigurationSays() {
    assertEquals(new AccountPolicy(3, 10), AccountPolicy.from(new Environment(Map.of())));
    assertEquals(
        new AccountPolicy(0, 4),
        AccountPolicy.from(
            new Environment(Map.of("STARTING_TOKENS", "0", "MONTHLY_FREE_STORIES", "4"))));
    var bad = new Environment(Map.of("STARTING_TOKENS", "-1"));
    AccountPolicy.from(bad);
    assertThrows(ConfigurationException.class, bad::check);
  }

  @Test
  void aTombstoneDoesNotTellWhoseItIs() {
    assertFalse(Tombstones.path("anna").contains("anna"));
    assertEquals(Tombstones.path("anna"), Tombstones.path("anna"));
  }
}
