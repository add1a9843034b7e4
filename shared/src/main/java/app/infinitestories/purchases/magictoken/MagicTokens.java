package app.infinitestories.purchases.magictoken;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.purchases.GiftCodes;
import app.infinitestories.purchases.Purchase;
import app.infinitestories.purchases.ReadPurchases;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.line.Repeat;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes codes and takes them in; {@code magicTokens/{sha256}} knows a code by its hash only. */
public final class MagicTokens {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final int PER_BATCH = 400;

  private final Firestore firestore;
  private final Accounts accounts;
  private final ReadPurchases purchases;
  private final GiftCodes giftCodes;
  private final AuditLog audit;
  private final Timing timing;
  private final IdSource ids;
  private final Random random;

  /**
   * @param random that nobody can guess: codes are made of it
   */
  public MagicTokens(
      Firestore firestore,
      Accounts accounts,
      ReadPurchases purchases,
      AuditLog audit,
      Timing timing,
      IdSource ids,
      Random random) {
    this.firestore = firestore;
    this.accounts = accounts;
    this.purchases = purchases;
    this.giftCodes = new GiftCodes(firestore);
    this.audit = audit;
    this.timing = timing;
    this.ids = ids;
    this.random = random;
  }

  /** What codes are worth, until when, and what for. */
  public record Issue(int count, long tokens, Instant expiresAt, String campaign) {}

  /** A bought transaction that becomes a code. */
  public record Gift(String purchaseId, String tx, long tokens, Instant expiresAt) {}

  /** Makes codes, which nobody can show a second time. */
  public List<MagicCode> issue(Issue issue, String by, String requestId) {
    List<MagicCode> codes =
        Stream.generate(() -> MagicCode.random(random)).limit(issue.count()).toList();
    for (int from = 0; from < codes.size(); from += PER_BATCH) {
      List<MagicCode> some = codes.subList(from, Math.min(codes.size(), from + PER_BATCH));
      WriteBatch batch = firestore.batch();
      String commitId = ids.next();
      for (MagicCode code : some) {
        batch.create(
            ref(code),
            token(issue.tokens(), issue.expiresAt(), issue.campaign(), null, null, commitId));
      }
      audit.add(
          batch,
          new AuditLog.Entry(
              "magic-token.issue",
              by,
              Map.of(
                  "count",
                  some.size(),
                  "tokens",
                  issue.tokens(),
                  "campaign",
                  issue.campaign(),
                  "requestId",
                  requestId)));
      if (Commits.commit(batch, ref(some.getFirst()), commitId)
          instanceof Commits.Outcome.Refused) {
        throw new Failure.Unavailable(TRY_AGAIN, null);
      }
    }
    return codes;
  }

  /**
   * Takes a code in: tokens for whoever is first, and the same answer again for them.
   *
   * @return what it was worth
   * @throws Failure.NotFound for an unknown or expired one
   * @throws Failure.Conflict ALREADY_REDEEMED for one that somebody else took in
   */
  public long redeem(String uid, MagicCode code) {
    return new Repeat(timing)
        .untilDone(() -> attempt(uid, code))
        .orElseThrow(() -> new Failure.Unavailable(TRY_AGAIN, null));
  }

  /** The same reads whatever the code is, so that the time tells nothing about it. */
  private Optional<Long> attempt(String uid, MagicCode code) {
    String entryId = "magic:" + code.hash();
    DocumentReference owner = accounts.ref(uid);
    List<DocumentSnapshot> read =
        on(firestore.getAll(ref(code), owner, owner.collection("ledger").document(entryId)));
    DocumentSnapshot token = read.get(0);
    Optional<Account> account = accounts.parse(read.get(1));
    if (read.get(2).exists()) {
      return Optional.of(LedgerEntry.of(read.get(2)).tokens());
    }
    String other = token.getString("redeemedBy");
    if (other != null) {
      throw new Failure.Conflict(
          FailureCode.ALREADY_REDEEMED, "This code was used by somebody else.");
    }
    Instant now = timing.now();
    if (!isValid(token, now)) {
      throw new Failure.NotFound();
    }
    if (account.isEmpty()) {
      return Optional.empty();
    }
    long tokens = Objects.requireNonNull(token.getLong("tokens"));
    WriteBatch batch = firestore.batch();
    String commitId = ids.next();
    var change = new AccountChange(account.get(), now);
    change.grant(entryId, tokens, "magic-token", token.getString("purchaseId"), ref(code).getId());
    change.addTo(batch, owner, commitId);
    batch.update(
        ref(code),
        Precondition.updatedAt(Commits.updateTime(token)),
        "redeemedBy",
        uid,
        "redeemedAt",
        timestamp(now));
    audit.add(
        batch,
        new AuditLog.Entry(
            "magic-token.redeem",
            uid,
            Map.of("users", List.of(uid), "token", ref(code).getId(), "tokens", tokens)));
    return Commits.commit(batch, owner, commitId) instanceof Commits.Outcome.Applied
        ? Optional.of(tokens)
        : Optional.empty();
  }

  private boolean isValid(DocumentSnapshot token, Instant now) {
    Timestamp expiresAt = token.getTimestamp("expiresAt");
    if (expiresAt == null || !now.isBefore(instant(expiresAt))) {
      return false;
    }
    String purchaseId = token.getString("purchaseId");
    return purchaseId == null || !isRefunded(purchaseId, String.valueOf(token.getString("tx")));
  }

  private boolean isRefunded(String purchaseId, String tx) {
    Optional<Purchase> purchase = purchases.byId(purchaseId);
    return purchase.isEmpty() || purchase.get().refundedTxs().contains(tx);
  }

  /**
   * Makes the code of a bought gift. A transaction has one at a time: asked again, an unused code
   * gives way to a new one, as nobody could show the old one.
   *
   * @throws Failure.Conflict ALREADY_REDEEMED once the code was used
   */
  public MagicCode give(String uid, Gift gift) {
    return new Repeat(timing)
        .untilDone(() -> attempt(uid, gift))
        .orElseThrow(() -> new Failure.Unavailable(TRY_AGAIN, null));
  }

  private Optional<MagicCode> attempt(String uid, Gift gift) {
    DocumentReference mark = giftCodes.mark(gift.purchaseId(), gift.tx());
    // Before the purchase: a refund that is settled after that changes the mark, or makes it.
    DocumentSnapshot before = on(mark.get());
    if (isRefunded(gift.purchaseId(), gift.tx())) {
      throw new Failure.Conflict("This purchase was refunded.", "refunded");
    }
    MagicCode code = MagicCode.random(random);
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    Map<String, Object> now = Map.of("token", ref(code).getId(), "commitId", commitId);
    String token = before.getString("token");
    if (token != null) {
      DocumentReference old = giftCodes.code(token);
      DocumentSnapshot unused = on(old.get());
      if (!unused.exists() && hasMoved(before)) {
        return Optional.empty();
      }
      if (!unused.exists() || unused.get("redeemedBy") != null) {
        throw new Failure.Conflict(
            FailureCode.ALREADY_REDEEMED, "The code of this gift was used, or has expired.");
      }
      batch.delete(old, Precondition.updatedAt(Commits.updateTime(unused)));
    }
    if (before.exists()) {
      batch.update(mark, now, Precondition.updatedAt(Commits.updateTime(before)));
    } else {
      batch.create(mark, now);
    }
    batch.create(
        ref(code),
        token(gift.tokens(), gift.expiresAt(), "gift", gift.purchaseId(), gift.tx(), commitId));
    audit.add(
        batch,
        new AuditLog.Entry(
            "magic-token.gift",
            uid,
            Map.of(
                "users",
                List.of(uid),
                "purchaseId",
                gift.purchaseId(),
                "token",
                ref(code).getId(),
                "tokens",
                gift.tokens())));
    return Commits.commit(batch, mark, commitId) instanceof Commits.Outcome.Applied
        ? Optional.of(code)
        : Optional.empty();
  }

  /**
   * Whether somebody else asked for a code at the same time, and the old one gave way to theirs.
   */
  private static boolean hasMoved(DocumentSnapshot mark) {
    DocumentSnapshot now = on(mark.getReference().get());
    return !Objects.equals(now.getUpdateTime(), mark.getUpdateTime());
  }

  private Map<String, @Nullable Object> token(
      long tokens,
      Instant expiresAt,
      String campaign,
      @Nullable String purchaseId,
      @Nullable String tx,
      String commitId) {
    var token = new HashMap<String, @Nullable Object>();
    token.put("tokens", tokens);
    token.put("expiresAt", timestamp(expiresAt));
    token.put("campaign", campaign);
    token.put("purchaseId", purchaseId);
    token.put("tx", tx);
    token.put("redeemedBy", null);
    token.put("refunded", false);
    token.put("createdAt", timestamp(timing.now()));
    token.put("commitId", commitId);
    return token;
  }

  private DocumentReference ref(MagicCode code) {
    return giftCodes.code(code.hash());
  }
}
