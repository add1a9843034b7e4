package app.infinitestories.functions.api.purchases;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.accounts.ReadLedger;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.json.Json;
import app.infinitestories.purchases.ReadPurchases;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Answers "where did my tokens go?" for one user. */
public final class UserMoney {
  private static final int LATEST = 50;
  private static final Set<String> COLUMNS = Set.of("action", "uid", "at", "commitId");

  private final Firestore firestore;
  private final Accounts accounts;
  private final CheckLedger checkLedger;
  private final ReadLedger ledger;
  private final ReadPurchases purchases;

  public UserMoney(Firestore firestore, Accounts accounts, ReadPurchases purchases) {
    this.firestore = firestore;
    this.accounts = accounts;
    this.checkLedger = new CheckLedger(accounts);
    this.ledger = new ReadLedger(accounts);
    this.purchases = purchases;
  }

  /** An account, whether it adds up, and the latest of all that changed it. */
  public record UserReport(
      String uid,
      boolean closing,
      BalanceView account,
      LedgerCheck ledgerCheck,
      List<EntryView> ledger,
      List<PurchaseView> purchases,
      List<AuditRow> audit) {}

  /** What the account says, and what its ledger adds up to. */
  public record LedgerCheck(
      boolean agrees,
      long available,
      long ledgerAvailable,
      long held,
      long ledgerHeld,
      long used,
      long ledgerUsed) {}

  /** A row of the audit log; {@code about} is JSON where it is more than a word. */
  public record AuditRow(
      String id, String action, String by, Instant at, Map<String, String> about) {}

  /**
   * The report.
   *
   * @throws Failure.NotFound for a user without an account
   */
  public UserReport report(String uid) {
    Account account = accounts.read(uid).orElseThrow(Failure.NotFound::new);
    return new UserReport(
        uid,
        account.closing(),
        BalanceView.of(account),
        check(checkLedger.of(uid).orElseThrow(Failure.NotFound::new)),
        ledger.page(uid, LATEST, Optional.empty()).stream().map(EntryView::of).toList(),
        purchases.of(uid, LATEST, Optional.empty()).stream().map(PurchaseView::of).toList(),
        audit(uid));
  }

  private static LedgerCheck check(CheckLedger.Finding found) {
    return new LedgerCheck(
        found.agrees(),
        found.available(),
        found.ledgerAvailable(),
        found.held(),
        found.ledgerHeld(),
        found.used(),
        found.ledgerUsed());
  }

  private List<AuditRow> audit(String uid) {
    return on(
            firestore
                .collection("audit")
                .whereArrayContains("users", uid)
                .orderBy("at", Query.Direction.DESCENDING)
                .limit(LATEST)
                .get())
        .getDocuments()
        .stream()
        .map(UserMoney::row)
        .toList();
  }

  private static AuditRow row(DocumentSnapshot row) {
    var about = new TreeMap<String, String>();
    Objects.requireNonNull(row.getData())
        .forEach((name, value) -> {
          if (!COLUMNS.contains(name) && value != null) {
            about.put(name, value instanceof String text ? text : Json.write(value));
          }
        });
    Timestamp at = Objects.requireNonNull(row.getTimestamp("at"));
    return new AuditRow(
        row.getId(),
        String.valueOf(row.getString("action")),
        String.valueOf(row.getString("uid")),
        instant(at),
        about);
  }
}
