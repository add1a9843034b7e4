package app.infinitestories.purchases.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.KeptDeliveries;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.VerifyPurchase.Shown;
import app.infinitestories.purchases.VerifyPurchase.Verified;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A purchase that an Android app shows, as Google Play knows it. */
class VerifyGoogleTest {
  private static final Instant NOW = Instant.parse("2026-05-10T12:00:00Z");

  private final PlayRig rig = new PlayRig(new SetClock(NOW));
  private final KeptDeliveries inbox = rig.inbox;

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void whatIsBoughtOnceIsDeliveredAndConsumed() {
    rig.play.put("token-2", PlayRig.product());

    Verified verified = verify("anna", "tokens", "token-2");

    assertEquals(
        new Verified("google:GPA.9-9-9-9", "google:GPA.9-9-9-9", "tokens", Outcome.APPLIED),
        verified);
    StoreEvent told = inbox.event();
    assertEquals(StoreEvent.Kind.PURCHASE, told.kind());
    assertEquals("anna", told.user());
    assertEquals(PlayRig.BEGUN, told.at());
    assertTrue(told.id().startsWith("verify:google:GPA.9-9-9-9:"), told.id());
    assertEquals("verify", inbox.only().source());
    assertEquals("verify:" + inbox.only().id(), told.id());
    assertTrue(inbox.only().raw().contains("GPA.9-9-9-9"), inbox.only().raw());
    assertTrue(!inbox.only().raw().contains("token-2"), "a token is a secret");
    assertEquals(List.of("consume token-2"), rig.play.orders());
  }

  @Test
  void aSubscriptionIsDeliveredAndAcknowledged() {
    rig.play.put("token-1", PlayRig.subscription());

    Verified verified = verify("anna", "premium", "token-1");

    assertEquals("google:GPA.1-2-3-4", verified.chain());
    assertEquals(PlayRig.BEGUN, inbox.event().at());
    assertEquals(PlayRig.ENDS, inbox.event().expiresAt());
    assertEquals(List.of("acknowledge token-1"), rig.play.orders());
  }

  @Test
  void aRenewalCountsFromNowSinceGoogleTellsOnlyTheFirstTime() {
    rig.play.put("token-1", PlayRig.subscription().put("latestOrderId", "GPA.1-2-3-4..2"));
    verify("anna", "premium", "token-1");
    assertEquals(NOW, inbox.event().at());

    ObjectNode timeless = PlayRig.product();
    timeless.remove("purchaseTimeMillis");
    rig.play.put("token-2", timeless);
    verify("anna", "tokens", "token-2");
    assertEquals(NOW, inbox.all().getLast().event().orElseThrow().at());
  }

  @Test
  void theAccountInAPurchaseSaysWhoseItIs() {
    rig.play.put("token-2", PlayRig.product());

    assertEquals(Outcome.OWNED_BY_OTHER, verify("ben", "tokens", "token-2").outcome());

    assertEquals("anna", inbox.event().user());
    assertEquals(List.of("consume token-2"), rig.play.orders(), "it is granted to Anna");
    assertEquals(Outcome.REPEATED, verify("anna", "tokens", "token-2").outcome());
  }

  @Test
  void theAccountOfNobodyHereIsNobodys() {
    rig.play.put(
        "token-2",
        PlayRig.product().put("obfuscatedExternalAccountId", StoreAccountIds.google("stranger")));

    assertEquals(Outcome.OWNED_BY_OTHER, verify("ben", "tokens", "token-2").outcome());

    assertNull(inbox.event().user());
    assertEquals(List.of(), rig.play.orders());
  }

  @Test
  void withoutAnAccountItIsWhoseWhoShowsIt() {
    ObjectNode anonymous = PlayRig.product();
    anonymous.remove("obfuscatedExternalAccountId");
    rig.play.put("token-2", anonymous);

    assertEquals(Outcome.APPLIED, verify("ben", "tokens", "token-2").outcome());
    assertEquals(Outcome.APPLIED, verify("anna", "tokens", "token-2").outcome());

    assertEquals(
        List.of("ben", "anna"),
        inbox.all().stream().map(each -> each.event().orElseThrow().user()).toList(),
        "each gets an answer of their own");
  }

  @Test
  void aTestPurchaseCountsOnlyWhereItIsAllowed() {
    rig.play.put("token-2", PlayRig.product().put("purchaseType", 0));

    assertEquals(
        Map.of("purchaseToken", "Google Play does not know it"), refused("tokens", "token-2"));
    Verified verified =
        rig.verify(true).verify("anna", new Shown(Store.GOOGLE, "tokens", null, "token-2"));

    assertEquals(Outcome.APPLIED, verified.outcome());
  }

  @Test
  void whatGoogleDoesNotKnowOrCallsOtherwiseOrWaitsForIsRefused() {
    rig.play.put("token-1", PlayRig.subscription());
    rig.play.put("token-2", PlayRig.product().put("purchaseState", 2));

    assertEquals(
        Map.of("purchaseToken", "Google Play does not know it"), refused("tokens", "none"));
    assertEquals(
        Map.of("productId", "is not what this purchase bought"), refused("tokens", "token-1"));
    assertEquals(Map.of("purchaseToken", "is not paid yet"), refused("tokens", "token-2"));
    assertEquals(List.of(), inbox.all());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void onlyTokensAreAskedFor(@Nullable String token) {
    assertEquals(
        Map.of("purchaseToken", "must be a token of Google Play"), refused("tokens", token));
  }

  @Test
  void theLongestTokenIsAskedForAndNoneThatIsLonger() {
    String longest = "t".repeat(1500);
    rig.play.put(longest, PlayRig.product());

    assertEquals(Outcome.APPLIED, verify("anna", "tokens", longest).outcome());
    assertEquals(
        Map.of("purchaseToken", "must be a token of Google Play"),
        refused("tokens", longest + "t"));
  }

  private Map<String, Object> refused(String product, @Nullable String token) {
    return assertThrows(Failure.BadInput.class, () -> verify("anna", product, token)).details();
  }

  private Verified verify(String uid, String product, @Nullable String token) {
    return rig.verify(false).verify(uid, new Shown(Store.GOOGLE, product, null, token));
  }
}
