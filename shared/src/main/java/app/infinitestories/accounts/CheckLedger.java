package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proves an account against its ledger: every number is the sum of its entries. */
public final class CheckLedger {
  private final Accounts accounts;

  public CheckLedger(Accounts accounts) {
    this.accounts = accounts;
  }

  /** What an account says, and what its ledger adds up to. */
  public record Finding(
      long available,
      long ledgerAvailable,
      long held,
      long ledgerHeld,
      long used,
      long ledgerUsed) {
    public boolean agrees() {
      return available == ledgerAvailable && held == ledgerHeld && used == ledgerUsed;
    }
  }

  /** Compares; empty when there is no such account. Only exact while nobody writes. */
  public Optional<Finding> of(String uid) {
    List<QueryDocumentSnapshot> entries =
        on(accounts.ref(uid).collection("ledger").get()).getDocuments();
    return accounts
        .read(uid)
        .map(account ->
            new Finding(
                account.available(),
                sum(entries, "tokens", null),
                account.held(),
                sum(entries, "held", null),
                account.monthly().used(),
                sum(entries, "quota", account.monthly().period())));
  }

  private static long sum(
      List<QueryDocumentSnapshot> entries, String field, @Nullable String period) {
    return entries.stream()
        .filter(entry -> period == null || period.equals(entry.getString("period")))
        .mapToLong(entry -> {
          Long value = entry.getLong(field);
          return value == null ? 0 : value;
        })
        .sum();
  }
}
