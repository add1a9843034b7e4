package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one batch does to one account: collects the changes and puts them into the batch together
 * with their ledger entries, under the account's update time. Not for several threads.
 */
public final class AccountChange {
  private static final int[] ALERTS = {80, 100};

  private final Account before;
  private final Instant now;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<String, List<Long>> windows = new LinkedHashMap<>();
  private long available;
  private long held;
  private Monthly monthly;
  private Map<String, Subscription> subscriptions;
  private boolean transferSeen;
  private int alert;
  private boolean closing;

  public AccountChange(Account before, Instant now) {
    this.before = before;
    this.now = now;
    this.available = before.available();
    this.held = before.held();
    this.subscriptions = before.subscriptions();
    this.monthly = before.monthly().at(now, before.subscription());
    this.closing = before.closing();
  }

  /** Takes the cost for a round: from the quota if that pays, else from the tokens; or nothing. */
  public Optional<Hold> hold(String jobId, int round, Cost cost) {
    Hold hold;
    if (cost.quota() > 0 && monthly.left() >= cost.quota() && available >= 0) {
      hold = new Hold(0, cost.quota(), monthly.period());
    } else if (available >= cost.tokens()) {
      hold = new Hold(cost.tokens(), 0, null);
    } else {
      return Optional.empty();
    }
    available -= hold.tokens();
    held += hold.tokens();
    monthly = monthly.plusUsed(hold.quota());
    if (hold.quota() > 0) {
      watchQuota();
    }
    entries.add(
        entry(
            LedgerEntry.holdId(jobId, round),
            LedgerEntry.Kind.HOLD,
            -hold.tokens(),
            hold.tokens(),
            hold.quota(),
            hold.period(),
            "job",
            jobId,
            null));
    return Optional.of(hold);
  }

  /** The round succeeded: what it held is spent. */
  public void capture(String jobId, int round, Hold hold) {
    held -= hold.tokens();
    entries.add(
        entry(
            LedgerEntry.settleId(jobId, round),
            LedgerEntry.Kind.CAPTURE,
            0,
            -hold.tokens(),
            0,
            hold.period(),
            "job",
            jobId,
            null));
  }

  /**
   * The round did not succeed: what it held is given back; quota only while its period lasts, since
   * the new one is full anyway. Returns what was given back.
   */
  public Hold release(String jobId, int round, Hold hold, String reason) {
    boolean samePeriod = monthly.period().equals(hold.period());
    long quota = samePeriod ? hold.quota() : 0;
    available += hold.tokens();
    held -= hold.tokens();
    monthly = monthly.plusUsed(-quota);
    entries.add(
        entry(
            LedgerEntry.settleId(jobId, round),
            LedgerEntry.Kind.RELEASE,
            hold.tokens(),
            -hold.tokens(),
            -quota,
            hold.period(),
            reason,
            jobId,
            null));
    return new Hold(hold.tokens(), quota, hold.period());
  }

  /**
   * Gives back what a round spent long ago, because staff say so; quota only while its period
   * lasts. Returns what was given back.
   */
  public Hold refund(String entryId, String jobId, Hold spent, String source) {
    long quota = monthly.period().equals(spent.period()) ? spent.quota() : 0;
    available += spent.tokens();
    monthly = monthly.plusUsed(-quota);
    entries.add(
        entry(
                entryId,
                LedgerEntry.Kind.GRANT,
                spent.tokens(),
                0,
                -quota,
                spent.period(),
                "refund",
                jobId,
                null)
            .from(source));
    return new Hold(spent.tokens(), quota, spent.period());
  }

  /**
   * Adds tokens.
   *
   * @param source the document that tells why
   */
  public void grant(
      String entryId, long tokens, String reason, @Nullable String purchaseId, String source) {
    available += tokens;
    entries.add(
        entry(entryId, LedgerEntry.Kind.GRANT, tokens, 0, 0, null, reason, null, purchaseId)
            .from(source));
  }

  /**
   * Takes tokens back, below zero where they are spent.
   *
   * @param source the document that tells why
   */
  public void revoke(
      String entryId, long tokens, String reason, @Nullable String purchaseId, String source) {
    available -= tokens;
    entries.add(
        entry(entryId, LedgerEntry.Kind.REVOKE, -tokens, 0, 0, null, reason, null, purchaseId)
            .from(source));
  }

  /**
   * Sets what one chain of purchases pays for, and the quota that follows from it.
   *
   * @param subscription null for nothing
   */
  public void subscribe(String chain, @Nullable Subscription subscription) {
    var changed = new HashMap<>(subscriptions);
    if (subscription == null) {
      changed.remove(chain);
    } else {
      changed.put(chain, subscription);
    }
    subscriptions = Map.copyOf(changed);
    monthly = monthly.at(now, Subscription.best(subscriptions.values(), now));
  }

  /** Somebody's purchases are being given to another: whoever read before this must read again. */
  public void sawTransfer() {
    transferSeen = true;
  }

  /** The user is told once per period that most of the quota is used, and once that all is. */
  private void watchQuota() {
    for (int percent : ALERTS) {
      if (monthly.used() * 100 >= monthly.limit() * percent && monthly.alerted() < percent) {
        monthly = monthly.alerted(percent);
        alert = percent;
      }
    }
  }

  /** The place in one pool's line as this change leaves it. */
  public Line line(String pool) {
    Line changed = lines.get(pool);
    return changed == null ? before.line(pool) : changed;
  }

  /** Changes the place in one pool's line. */
  public void line(String pool, Line line) {
    lines.put(pool, line);
  }

  /** Counts an accepted request in a policy's window, and forgets those that left it. */
  public void count(String policy, Duration window) {
    long from = now.minus(window).toEpochMilli();
    var times = new ArrayList<Long>();
    before.windows().getOrDefault(policy, List.of()).stream()
        .filter(time -> time > from)
        .forEach(times::add);
    times.add(now.toEpochMilli());
    windows.put(policy, times);
  }

  /** From now on nothing new is accepted: the user is being deleted. */
  public void close() {
    closing = true;
  }

  /** Tokens available as this change leaves them. */
  public long available() {
    return available;
  }

  /** The quota as this change leaves it. */
  public Monthly monthly() {
    return monthly;
  }

  /** Puts the account's update and the ledger's entries into the batch. */
  public void addTo(WriteBatch batch, DocumentReference account, String commitId) {
    var more = new ArrayList<@Nullable Object>();
    lines.forEach((pool, line) -> {
      more.add(FieldPath.of("lines", pool));
      more.add(line.toMap());
    });
    windows.forEach((policy, times) -> {
      more.add(FieldPath.of("windows", policy));
      more.add(times);
    });
    more.add(FieldPath.of("held"));
    more.add(held);
    more.add(FieldPath.of("monthly"));
    more.add(monthly.toMap());
    more.add(FieldPath.of("closing"));
    more.add(closing);
    more.add(FieldPath.of("commitId"));
    more.add(commitId);
    if (!subscriptions.equals(before.subscriptions())) {
      var all = new HashMap<String, Object>();
      subscriptions.forEach((chain, each) -> all.put(chain, each.toMap()));
      more.add(FieldPath.of("subscriptions"));
      more.add(all);
      more.add(FieldPath.of("subscription"));
      more.add(Subscription.best(subscriptions.values(), now).toMap());
    }
    if (transferSeen) {
      more.add(FieldPath.of("transfersSeen"));
      more.add(FieldValue.increment(1));
    }
    if (alert > 0) {
      alert(batch, account, commitId);
    }
    batch.update(
        account,
        Precondition.updatedAt(before.updateTime()),
        FieldPath.of("available"),
        available,
        more.toArray());
    for (LedgerEntry entry : entries) {
      batch.create(account.collection("ledger").document(entry.id()), entry.toMap(commitId));
    }
  }

  /** For the outbox, which tells it by push and by mail. */
  private void alert(WriteBatch batch, DocumentReference account, String commitId) {
    var entry = new HashMap<String, Object>();
    entry.put("uid", before.uid());
    entry.put("state", "pending");
    entry.put("kind", "quota");
    entry.put("percent", alert);
    entry.put("period", monthly.period());
    entry.put("used", monthly.used());
    entry.put("limit", monthly.limit());
    entry.put("createdAt", timestamp(now));
    entry.put("commitId", commitId);
    batch.set(
        account
            .getFirestore()
            .document("outbox/quota:" + before.uid() + ":" + monthly.period() + ":" + alert),
        entry);
  }

  private LedgerEntry entry(
      String id,
      LedgerEntry.Kind kind,
      long tokens,
      long heldChange,
      long quota,
      @Nullable String period,
      String reason,
      @Nullable String jobId,
      @Nullable String purchaseId) {
    return new LedgerEntry(
        id,
        kind,
        tokens,
        heldChange,
        quota,
        period,
        reason,
        jobId,
        purchaseId,
        null,
        available,
        now);
  }
}
