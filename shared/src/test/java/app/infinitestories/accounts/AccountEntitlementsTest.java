package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.RandomIds;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may watch what takes a subscription. */
@FirestoreTest
class AccountEntitlementsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final SetClock clock = new SetClock(NOW);
  private final Accounts accounts;
  private final Entitlements entitlements;

  AccountEntitlementsTest(Firestore firestore) {
    accounts = new Accounts(firestore, clock, new RandomIds(), new AccountPolicy(3, 10));
    entitlements = new AccountEntitlements(accounts, clock);
  }

  @Test
  void aFreshAccountHasNone() {
    accounts.provision("fresh");

    assertFalse(entitlements.has("fresh"));
    assertFalse(entitlements.has("never-seen"));
  }

  @Test
  void aSubscriptionEntitlesUntilItExpires() {
    subscribe("anna", Map.of("tier", "premium", "expiresAt", timestamp(NOW.plusSeconds(60))));

    assertTrue(entitlements.has("anna"));
    clock.add(Duration.ofSeconds(60));
    assertFalse(entitlements.has("anna"));
  }

  @Test
  void aSubscriptionWithoutEndDoesNotExpire() {
    subscribe("ben", Map.of("tier", "premium"));

    assertTrue(entitlements.has("ben"));
  }

  @Test
  void theFreeTierEntitlesToNothing() {
    subscribe("carl", Map.of("tier", "free"));
    subscribe("dora", Map.of("expiresAt", timestamp(NOW.plusSeconds(60))));

    assertFalse(entitlements.has("carl"));
    assertFalse(entitlements.has("dora"));
  }

  private void subscribe(String uid, Map<String, Object> subscription) {
    accounts.provision(uid);
    on(accounts.ref(uid).update("subscription", subscription));
  }
}
