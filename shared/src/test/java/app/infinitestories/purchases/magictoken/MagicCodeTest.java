package app.infinitestories.purchases.magictoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a code looks, and how it may be typed. */
class MagicCodeTest {
  private static final String SHOWN = "0123A-BCDEF-GHJKM-NPQRS-TVWXY-Z";
  private static final MagicCode CODE = new MagicCode("0123ABCDEFGHJKMNPQRSTVWXYZ");

  @Test
  void itIsShownInGroupsOfFive() {
    assertEquals(SHOWN, CODE.shown());
  }

  @Test
  void itDoesNotMatterHowItIsTyped() {
    assertEquals(CODE, MagicCode.typed(SHOWN));
    assertEquals(CODE, MagicCode.typed(" 0123a bcdef-ghjkm\tnpqrs tvwxy--z\n"));
    assertEquals(CODE, MagicCode.typed("oi23a-bcdef-ghjkm-npqrs-tvwxy-z"));
    assertEquals(CODE, MagicCode.typed("OL23A-BCDEF-GHJKM-NPQRS-TVWXY-Z"));
  }

  @Test
  void aNewOneHas26LettersThatAreNotMistaken() {
    var random = new Random(1);
    for (int i = 0; i < 50; i++) {
      MagicCode code = MagicCode.random(random);
      assertTrue(code.text().matches("[0-9A-HJKMNP-TV-Z]{26}"), code.text());
      assertNotEquals(code, MagicCode.random(random));
      assertEquals(code, MagicCode.typed(code.shown()));
    }
  }

  @Test
  void itIsKeptAndPrintedSoThatNobodyCanUseIt() {
    assertFalse(CODE.hash().contains("ABCD"));
    assertNotEquals(CODE.hash(), new MagicCode("0123ABCDEFGHJKMNPQRSTVWXY0").hash());
    assertEquals("MagicCode[...]", CODE.toString());
  }
}
