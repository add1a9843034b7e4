package app.infinitestories.purchases.apple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.local.stores.AppStoreStandIn;
import app.infinitestories.local.stores.SigningChain;
import com.apple.itunes.storekit.model.NotificationTypeV2;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which notifications are believed to be Apple's. */
class AppleSignaturesTest {
  private static final String BUNDLE = "app.example.stories";

  // Apple's library looks at the machine's clock.
  private final Clock clock = Clock.systemUTC();
  private final AppStoreStandIn apple = new AppStoreStandIn(0, BUNDLE, clock);
  private final AppleSignatures signatures = sandbox(BUNDLE, apple.rootPem());

  @Test
  void aNotificationComesWithItsTransactionAndRenewal() throws Exception {
    String body =
        apple.notification("DID_RENEW", null, bought(), object().put("autoRenewStatus", 1));

    AppleNotification read = AppleNotification.verified(signatures, body);

    assertEquals(body, read.raw());
    assertEquals(NotificationTypeV2.DID_RENEW, read.payload().getNotificationType());
    assertEquals("premium", Objects.requireNonNull(read.transaction()).getProductId());
    assertNotNull(read.renewal());
  }

  @Test
  void aNotificationMayBeAboutNothing() throws Exception {
    AppleNotification read =
        AppleNotification.verified(signatures, apple.notification("TEST", null, "none", null));

    assertNull(read.transaction());
    assertNull(read.renewal());
  }

  @Test
  void oneThatIsNotAboutAnAppAtAllIsReadToo() throws Exception {
    var chain = new SigningChain(clock.instant());
    ObjectNode payload = object().put("notificationType", "TEST").put("signedDate", clock.millis());
    payload.putObject("summary").put("bundleId", BUNDLE).put("environment", "Sandbox");

    AppleNotification read =
        AppleNotification.verified(sandbox(BUNDLE, chain.rootPem()), body(chain.sign(payload)));

    assertNull(read.transaction());
    assertNull(read.renewal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"signedPayload\": 1}", "[]", "{"})
  void whatHasNoPayloadIsNoNotification(String body) {
    assertThrows(
        IllegalArgumentException.class, () -> AppleNotification.verified(signatures, body));
  }

  @Test
  void whatAnotherRootSignedIsForged() {
    String body = apple.notification("DID_RENEW", null, bought(), null);
    String root = new SigningChain(clock.instant()).rootPem();

    forged(sandbox(BUNDLE, root), body);
  }

  @Test
  void whatIsForAnotherAppIsForged() {
    forged(
        sandbox("com.other", apple.rootPem()),
        apple.notification("DID_RENEW", null, bought(), null));
  }

  @Test
  void theSandboxIsForgedInProductionAndTheOtherWayRound() throws Exception {
    var chain = new SigningChain(clock.instant());
    AppleSignatures production =
        signatures(BUNDLE, 12345L, AppleConfig.Where.PRODUCTION, chain.rootPem());
    AppleSignatures sandbox = sandbox(BUNDLE, chain.rootPem());

    forged(production, signed(chain, "Sandbox"));
    forged(sandbox, signed(chain, "Production"));
    assertNotNull(AppleNotification.verified(production, signed(chain, "Production")));
    assertNotNull(AppleNotification.verified(sandbox, signed(chain, "Sandbox")));
  }

  @Test
  void aForgedTransactionInATrueNotificationIsForged() {
    var chain = new SigningChain(clock.instant());
    ObjectNode payload = payload("Sandbox");
    ((ObjectNode) payload.path("data")).put("signedTransactionInfo", "a.b.c");
    AppleSignatures trusting = sandbox(BUNDLE, chain.rootPem());

    forged(trusting, body(chain.sign(payload)));
    ((ObjectNode) payload.path("data")).remove("signedTransactionInfo");
    ((ObjectNode) payload.path("data")).put("signedRenewalInfo", "a.b.c");
    forged(trusting, body(chain.sign(payload)));
  }

  @Test
  void certificatesThatAreOverSignNothing() {
    Instant now = clock.instant();
    var over = new SigningChain(now.minus(Duration.ofDays(3)), now.minus(Duration.ofDays(2)));

    forged(sandbox(BUNDLE, over.rootPem()), signed(over, "Sandbox"));
  }

  private static void forged(AppleSignatures signatures, String body) {
    assertThrows(AppleSignatures.Forged.class, () -> AppleNotification.verified(signatures, body));
  }

  private String bought() {
    return apple.buy(object().put("productId", "premium"));
  }

  private String signed(SigningChain chain, String environment) {
    return body(chain.sign(payload(environment)));
  }

  private ObjectNode payload(String environment) {
    ObjectNode payload = object().put("notificationType", "TEST").put("signedDate", clock.millis());
    payload
        .putObject("data")
        .put("bundleId", BUNDLE)
        .put("appAppleId", 12345L)
        .put("environment", environment);
    return payload;
  }

  private static String body(String signed) {
    return object().put("signedPayload", signed).toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static AppleSignatures sandbox(String bundle, String root) {
    return signatures(bundle, null, AppleConfig.Where.SANDBOX, root);
  }

  private static AppleSignatures signatures(
      String bundle, @Nullable Long appId, AppleConfig.Where where, String root) {
    return new AppleSignatures(
        new AppleConfig(bundle, appId, where, List.of(root), false, Optional.empty()));
  }
}
