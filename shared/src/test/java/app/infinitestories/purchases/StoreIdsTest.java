package app.infinitestories.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How purchases, buyers and their accounts are named. */
class StoreIdsTest {
  @Test
  void googlesRenewalsAreOneChainAndTransactionsOfTheirOwn() {
    assertEquals("google:GPA.1-2", StoreIds.chain(Store.GOOGLE, "GPA.1-2..11"));
    assertEquals("google:GPA.1-2", StoreIds.chain(Store.GOOGLE, "GPA.1-2"));
    assertEquals("google:GPA.1-2..11", StoreIds.transaction(Store.GOOGLE, "GPA.1-2..11"));
    assertEquals("apple:2001..1", StoreIds.chain(Store.APPLE, "2001..1"));
    assertTrue(StoreIds.isRenewal("GPA.1-2..0"));
    assertFalse(StoreIds.isRenewal("GPA.1-2"));
    assertFalse(StoreIds.isRenewal("GPA.1-2..x"));
  }

  @Test
  void aTokenStandsForAnOrderWithoutBeingTold() {
    assertFalse(StoreIds.orderOfToken("secret").contains("secret"));
    assertNotEquals(StoreIds.orderOfToken("a"), StoreIds.orderOfToken("b"));
    assertEquals(
        "google:" + StoreIds.orderOfToken("a"),
        StoreIds.chain(Store.GOOGLE, StoreIds.orderOfToken("a")));
  }

  @Test
  void theTokenForAppleIsTheUuidOfVersion5() {
    // as every other implementation of RFC 9562 computes it
    assertEquals("8c5ace8a-01d6-5731-9593-1410754df2e7", StoreAccountIds.apple("uid-1").toString());
    assertEquals(5, StoreAccountIds.apple("anna").version());
    assertEquals(2, StoreAccountIds.apple("anna").variant());
  }

  @Test
  void theAccountForGoogleIsTheSha256OfTheUid() {
    assertEquals(
        "55579b557896d0ce1764c47fed644f9b35f58bad620674af23f356d80ed0c503",
        StoreAccountIds.google("anna"));
  }

  @Test
  void anIdFromOutsideNamesAnAccountOnlyAsAHash() {
    assertEquals("anna", Buyers.accountId("anna"));
    assertTrue(Buyers.accountId("$RCAnonymousID:aa").startsWith("unknown-"));
    assertTrue(Buyers.isAnonymous("$RCAnonymousID:aa"));
    assertFalse(Buyers.isAnonymous("anna"));
  }
}
