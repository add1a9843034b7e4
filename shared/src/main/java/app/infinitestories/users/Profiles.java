package app.infinitestories.users;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.purchases.StoreAccountIds;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.cloud.Timestamp;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens, reads and changes profiles. */
public final class Profiles {
  /** Version of the text that a guardian agrees to; part of the record of every consent. */
  public static final String CONSENT_TEXT_VERSION = "2026-11";

  /** The field of {@link Profile#withdrawnAt}. */
  public static final String WITHDRAWN = "withdrawnAt";

  /** The field with what Apple knows the user by: how a store's word finds its user. */
  public static final String APPLE_ACCOUNT = "appleAccount";

  /** The field with what Google Play knows the user by. */
  public static final String GOOGLE_ACCOUNT = "googleAccount";

  /** The field that says that the account is being deleted. */
  public static final String CLOSING = "closing";

  /** Of those who collide at least one gets through each time. */
  private static final int ATTEMPTS = 20;

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

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
   * Costs one round trip per user and instance every five minutes.
   *
   * @return false for a user whose account is being deleted, or has been: nothing is opened then
   */
  public boolean meet(String uid, @Nullable String email) {
    if (met.getIfPresent(uid) != null) {
      return true;
    }
    List<DocumentSnapshot> known = on(firestore.getAll(ref(uid), accounts.ref(uid)));
    DocumentSnapshot account = known.getLast();
    boolean staying =
        account.exists()
            ? !Boolean.TRUE.equals(account.getBoolean(CLOSING))
            : accounts.provision(uid);
    if (!staying) {
      return false;
    }
    if (!known.getFirst().exists()) {
      open(uid, email);
    }
    met.put(uid, true);
    return true;
  }

  /** This instance forgets that it has met the user: their account is being deleted. */
  public void part(String uid) {
    met.invalidate(uid);
  }

  private void open(String uid, @Nullable String email) {
    String commitId = ids.next();
    Map<String, @Nullable Object> profile = new HashMap<>();
    profile.put("email", email);
    profile.put("language", "en");
    profile.put("createdAt", timestamp(clock.instant()));
    profile.put("revision", 1L);
    profile.put("commitId", commitId);
    profile.put(APPLE_ACCOUNT, StoreAccountIds.apple(uid).toString());
    profile.put(GOOGLE_ACCOUNT, StoreAccountIds.google(uid));
    WriteBatch batch = firestore.batch();
    batch.create(ref(uid), profile);
    if (Commits.commit(batch, ref(uid), commitId) instanceof Commits.Outcome.Refused
        && !on(ref(uid).get()).exists()) {
      throw new Failure.Unavailable(TRY_AGAIN, null);
    }
    // Refused otherwise means that a twin of this request opened it, which is as good.
  }

  /**
   * The profile; opened first if this user was never seen.
   *
   * @throws Failure.Unauthenticated for a user whose account is being deleted, or has been
   */
  public Profile get(String uid) {
    DocumentSnapshot document = on(ref(uid).get());
    if (!document.exists()) {
      part(uid);
      if (!meet(uid, null)) {
        throw leaving();
      }
      document = on(ref(uid).get());
    }
    if (Boolean.TRUE.equals(document.getBoolean(CLOSING))) {
      throw leaving();
    }
    return Profile.of(document);
  }

  /** A profile and the account that belongs to it. */
  public record WithAccount(Profile profile, Account account) {}

  /** Like {@link #get}, with the account in the same round trip. */
  public WithAccount getWithAccount(String uid) {
    List<DocumentSnapshot> both = on(firestore.getAll(ref(uid), accounts.ref(uid)));
    DocumentSnapshot profile = both.getFirst();
    Optional<Account> account = accounts.parse(both.getLast());
    if (!profile.exists() || account.isEmpty()) {
      Profile opened = get(uid);
      return new WithAccount(
          opened,
          accounts
              .read(uid)
              .orElseThrow(() -> new IllegalStateException("a signed-in user has no account")));
    }
    if (Boolean.TRUE.equals(profile.getBoolean(CLOSING))) {
      throw leaving();
    }
    return new WithAccount(Profile.of(profile), account.get());
  }

  /** What somebody is told whose account is being deleted, or has been. */
  public static Failure.Unauthenticated leaving() {
    return new Failure.Unauthenticated(
        FailureCode.UNAUTHENTICATED, "This account is being deleted.");
  }

  /**
   * Registers a user once; a second time changes nothing.
   *
   * @return the profile if this call registered it, empty if it had been registered before
   */
  public Optional<Profile> register(String uid, Registration registration) {
    get(uid);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot before = open(uid);
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
    change(uid, ProfileChange.NONE.consenting(true));
  }

  /**
   * Changes what is named and nothing else, so that changes from two phones at once both land. A
   * consent withdrawn leaves a mark, {@link Profile#withdrawnAt}, until all that rested on it is
   * forgotten.
   */
  public Profile change(String uid, ProfileChange wanted) {
    get(uid);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot before = open(uid);
      Map<String, @Nullable Object> change = new HashMap<>(wanted.fields());
      WriteBatch batch = firestore.batch();
      if (wanted.consent() != null) {
        boolean agreed = Profile.of(before).guardianConsentAt() != null;
        if (wanted.consent() && !agreed) {
          consentIn(batch, uid, change);
        } else if (!wanted.consent() && agreed) {
          withdrawIn(batch, uid, change);
        }
      }
      if (change.isEmpty() || commit(batch, before, change, ids.next())) {
        return Profile.of(on(ref(uid).get()));
      }
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  /** The profile's document, unless it is gone or going. */
  private DocumentSnapshot open(String uid) {
    DocumentSnapshot document = on(ref(uid).get());
    if (!document.exists() || Boolean.TRUE.equals(document.getBoolean(CLOSING))) {
      throw leaving();
    }
    return document;
  }

  /** Changes the profile unless it was changed since it was read. */
  private static boolean commit(
      WriteBatch batch,
      DocumentSnapshot before,
      Map<String, @Nullable Object> change,
      String commitId) {
    changeIn(batch, before, change, commitId);
    return Commits.commit(batch, before.getReference(), commitId)
        instanceof Commits.Outcome.Applied;
  }

  private static void changeIn(
      WriteBatch batch,
      DocumentSnapshot before,
      Map<String, @Nullable Object> change,
      String commitId) {
    change.put("revision", FieldValue.increment(1));
    change.put("commitId", commitId);
    batch.update(before.getReference(), change, Precondition.updatedAt(Commits.updateTime(before)));
  }

  /** All that rested on a consent withdrawn then is forgotten: takes the mark away. */
  public void forgotten(String uid, Timestamp withdrawnAt) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot before = on(ref(uid).get());
      Map<String, @Nullable Object> change = new HashMap<>();
      change.put(WITHDRAWN, FieldValue.delete());
      if (!withdrawnAt.equals(before.getTimestamp(WITHDRAWN))
          || commit(firestore.batch(), before, change, ids.next())) {
        return;
      }
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  /**
   * Puts another picture into a batch, for a profile as it was read: what becomes of the files is
   * the caller's. Refused when the profile changed since.
   */
  public void pictureIn(
      WriteBatch batch, DocumentSnapshot profile, String picturePath, String commitId) {
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put("picturePath", picturePath);
    changeIn(batch, profile, change, commitId);
  }

  private void consentIn(WriteBatch batch, String uid, Map<String, @Nullable Object> change) {
    Instant now = clock.instant();
    change.put("guardianConsentAt", timestamp(now));
    change.put("guardianConsentVersion", CONSENT_TEXT_VERSION);
    audit(batch, "consent.given", uid, now);
  }

  private void withdrawIn(WriteBatch batch, String uid, Map<String, @Nullable Object> change) {
    Instant now = clock.instant();
    change.put("guardianConsentAt", null);
    change.put("guardianConsentVersion", null);
    // Firestore's own time, as that of the uploads and jobs that it is compared with.
    change.put(WITHDRAWN, FieldValue.serverTimestamp());
    audit(batch, "consent.withdrawn", uid, now);
  }

  private void audit(WriteBatch batch, String action, String uid, Instant at) {
    batch.create(
        firestore.collection("audit").document(ids.next()),
        Map.of(
            "action",
            action,
            "uid",
            uid,
            "textVersion",
            CONSENT_TEXT_VERSION,
            "at",
            timestamp(at)));
  }

  /** The profile's document. */
  public DocumentReference ref(String uid) {
    return firestore.collection("users").document(uid);
  }
}
