package app.infinitestories.users;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Accounts;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens, reads and changes profiles. */
public final class Profiles {
  /** Version of the text that a guardian agrees to; part of the record of every consent. */
  public static final String CONSENT_TEXT_VERSION = "2026-11";

  private static final int ATTEMPTS = 5;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Firestore firestore;
  private final Accounts accounts;
  private final Clock clock;
  private final IdSource ids;
  private final Cache<String, Boolean> met =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(REMEMBERED).build();

  public Profiles(Firestore firestore, Accounts accounts, Clock clock, IdSource ids) {
    this.firestore = firestore;
    this.accounts = accounts;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * First contact: whoever is signed in has a profile, an account and the starting grant, once.
   * Costs one read per user and instance every ten minutes.
   */
  public void meet(String uid, @Nullable String email) {
    if (met.getIfPresent(uid) != null) {
      return;
    }
    if (!on(ref(uid).get()).exists()) {
      open(uid, email);
    }
    accounts.provision(uid);
    met.put(uid, true);
  }

  private void open(String uid, @Nullable String email) {
    String commitId = ids.next();
    Map<String, @Nullable Object> profile = new HashMap<>();
    profile.put("email", email);
    profile.put("language", "en");
    profile.put("createdAt", timestamp(clock.instant()));
    profile.put("revision", 1L);
    profile.put("commitId", commitId);
    WriteBatch batch = firestore.batch();
    batch.create(ref(uid), profile);
    if (Commits.commit(batch, ref(uid), commitId) instanceof Commits.Outcome.Refused
        && !on(ref(uid).get()).exists()) {
      throw new Failure.Unavailable(TRY_AGAIN, null);
    }
    // Refused otherwise means that a twin of this request opened it, which is as good.
  }

  /** The profile; opened first if this user was never seen. */
  public Profile get(String uid) {
    DocumentSnapshot document = on(ref(uid).get());
    if (!document.exists()) {
      meet(uid, null);
      document = on(ref(uid).get());
    }
    return Profile.of(document);
  }

  /**
   * Registers a user once; a second time changes nothing.
   *
   * @return the profile if this call registered it, empty if it had been registered before
   */
  public Optional<Profile> register(String uid, Registration registration) {
    get(uid);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot before = on(ref(uid).get());
      if (Profile.of(before).registeredAt() != null) {
        return Optional.empty();
      }
      if (register(before, registration)) {
        return Optional.of(get(uid));
      }
      // The profile was changed meanwhile, by a twin of this request or by another one.
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  private boolean register(DocumentSnapshot before, Registration registration) {
    String commitId = ids.next();
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put("registeredAt", timestamp(clock.instant()));
    if (registration.displayName() != null) {
      change.put("displayName", registration.displayName());
    }
    if (registration.language() != null) {
      change.put("language", registration.language());
    }
    WriteBatch batch = firestore.batch();
    if (registration.guardianConsent()) {
      consentIn(batch, before.getId(), change);
    }
    return commit(batch, before, change, commitId);
  }

  /** Records the guardian's consent: in the profile, and in the audit log with text and time. */
  public void consent(String uid) {
    get(uid);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot before = on(ref(uid).get());
      if (Profile.of(before).guardianConsentAt() != null) {
        return;
      }
      WriteBatch batch = firestore.batch();
      Map<String, @Nullable Object> change = new HashMap<>();
      consentIn(batch, uid, change);
      if (commit(batch, before, change, ids.next())) {
        return;
      }
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  /** Changes the profile unless it was changed since it was read. */
  private static boolean commit(
      WriteBatch batch,
      DocumentSnapshot before,
      Map<String, @Nullable Object> change,
      String commitId) {
    change.put("revision", FieldValue.increment(1));
    change.put("commitId", commitId);
    batch.update(before.getReference(), change, Precondition.updatedAt(Commits.updateTime(before)));
    return Commits.commit(batch, before.getReference(), commitId)
        instanceof Commits.Outcome.Applied;
  }

  private void consentIn(WriteBatch batch, String uid, Map<String, @Nullable Object> change) {
    Instant now = clock.instant();
    change.put("guardianConsentAt", timestamp(now));
    change.put("guardianConsentVersion", CONSENT_TEXT_VERSION);
    batch.create(
        firestore.collection("audit").document(ids.next()),
        Map.of(
            "action",
            "consent.given",
            "uid",
            uid,
            "textVersion",
            CONSENT_TEXT_VERSION,
            "at",
            timestamp(now)));
  }

  private DocumentReference ref(String uid) {
    return firestore.collection("users").document(uid);
  }
}
