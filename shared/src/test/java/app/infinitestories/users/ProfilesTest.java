package app.infinitestories.users;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.queue.LossyFirestore;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** First contact, registration and consent over the real Firestore. */
@FirestoreTest
class ProfilesTest {
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final Registration ANNA = new Registration("Anna", "de", true);

  private final Firestore firestore;
  private final SetClock clock = new SetClock(Instant.parse("2026-11-20T10:00:00Z"));
  private final RandomIds ids = new RandomIds();
  private final Accounts accounts;
  private final String uid = "user" + USERS.incrementAndGet();

  ProfilesTest(Firestore firestore) {
    this.firestore = firestore;
    this.accounts = new Accounts(firestore, clock, ids, new AccountPolicy(3, 10));
  }

  @Test
  void twentyFirstContactsAtOnceGiveOneProfileAndOneGrant() throws Exception {
    // Each on an instance of its own: none remembers what another has met.
    List<Boolean> met =
        atOnce(
            20,
            () -> {
              profiles(firestore).meet(uid, "anna@example.com");
              return true;
            });

    assertEquals(20, met.size());
    assertEquals("anna@example.com", profiles(firestore).get(uid).email());
    assertEquals(3, accounts.read(uid).orElseThrow().available());
    assertEquals(1, on(accounts.ref(uid).collection("ledger").get()).size());
    assertTrue(new CheckLedger(accounts).of(uid).orElseThrow().agrees());
  }

  @Test
  void aUserIsRegisteredOnceAndNothingChangesTheSecondTime() {
    Profiles profiles = profiles(firestore);

    Optional<Profile> first = profiles.register(uid, ANNA);
    Optional<Profile> second = profiles.register(uid, new Registration("Eve", "fr", false));

    assertEquals("Anna", first.orElseThrow().displayName());
    assertTrue(second.isEmpty());
    Profile now = profiles.get(uid);
    assertEquals("Anna", now.displayName());
    assertEquals("de", now.language());
    assertEquals(clock.instant(), now.guardianConsentAt());
    assertEquals(1, consents());
  }

  @Test
  void ofManyRegistrationsAtOnceOneRegisters() throws Exception {
    List<Boolean> registered = atOnce(8, () -> profiles(firestore).register(uid, ANNA).isPresent());

    assertEquals(1, registered.stream().filter(first -> first).count());
    assertEquals(1, consents());
  }

  @Test
  void aRegistrationIsNotLostToAnotherChangeOfTheProfile() throws Exception {
    Profiles profiles = profiles(firestore);
    profiles.meet(uid, null);

    List<Boolean> done =
        atOnce(
            List.of(
                () -> profiles.register(uid, new Registration("Anna", null, false)).isPresent(),
                () -> {
                  profiles.consent(uid);
                  return true;
                }));

    assertEquals(List.of(true, true), done);
    assertEquals("Anna", profiles.get(uid).displayName());
    assertNotNull(profiles.get(uid).guardianConsentAt());
  }

  @Test
  void consentIsRecordedWithItsTextOnceHoweverOftenItIsGiven() {
    Profiles profiles = profiles(firestore);
    assertNull(profiles.get(uid).guardianConsentAt());

    profiles.consent(uid);
    profiles.consent(uid);

    assertEquals(clock.instant(), profiles.get(uid).guardianConsentAt());
    assertEquals(1, consents());
    var record =
        on(firestore.collection("audit").whereEqualTo("uid", uid).get()).getDocuments().getFirst();
    assertEquals("consent.given", record.getString("action"));
    assertEquals(Profiles.CONSENT_TEXT_VERSION, record.getString("textVersion"));
  }

  @Test
  void aChangeWhoseAnswerWasLostIsNoFailure(
      app.infinitestories.local.firestore.FirestoreEmulator emulator, TestProject project) {
    try (var cut = new LossyFirestore(emulator.host(), project.id())) {
      Profiles profiles = profiles(cut.client());

      cut.loseNextCommits(1);
      profiles.meet(uid, null);
      cut.loseNextCommits(1);
      Optional<Profile> registered = profiles.register(uid, new Registration("Anna", null, false));
      cut.loseNextCommits(1);
      profiles.consent(uid);

      assertEquals(3, cut.lost());
      assertEquals("Anna", registered.orElseThrow().displayName());
    }
    assertEquals(1, consents());
    assertEquals(3, accounts.read(uid).orElseThrow().available());
  }

  @Test
  void aProfileDoesNotPrintWhoItIs() {
    profiles(firestore).register(uid, ANNA);

    assertFalse(profiles(firestore).get(uid).toString().contains("Anna"));
  }

  private Profiles profiles(Firestore by) {
    return new Profiles(by, new Accounts(by, clock, ids, new AccountPolicy(3, 10)), clock, ids);
  }

  private long consents() {
    return on(firestore.collection("audit").whereEqualTo("uid", uid).get()).size();
  }

  private static List<Boolean> atOnce(int times, Callable<Boolean> work) throws Exception {
    return atOnce(java.util.Collections.nCopies(times, work));
  }

  private static List<Boolean> atOnce(List<Callable<Boolean>> work) throws Exception {
    var start = new CountDownLatch(1);
    var running = new ArrayList<Future<Boolean>>();
    var results = new ArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<Boolean> one : work) {
        running.add(
            threads.submit(() -> {
              start.await();
              return one.call();
            }));
      }
      start.countDown();
      for (Future<Boolean> one : running) {
        results.add(one.get());
      }
    }
    return results;
  }
}
