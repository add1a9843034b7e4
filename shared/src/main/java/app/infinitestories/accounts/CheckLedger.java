package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proves an account against its ledger: every number is the sum of its entries. */
public final class CheckLedger {
  private static final int MOST_TRIES = 10;

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

  /**
   * Compares; empty when there is no such account. Every entry is written together with its
   * account, so that an account which did not change meanwhile belongs to the entries that were
   * read; of one that never stands still the last comparison is given.
   */
  public Optional<Finding> of(String uid) {
    Optional<Account> account = accounts.read(uid);
    for (int tries = 1; account.isPresent(); tries++) {
      List<QueryDocumentSnapshot> entries =
          on(accounts.ref(uid).collection("ledger").get()).getDocuments();
      Optional<Account> after = accounts.read(uid);
      Finding finding = compare(account.get(), entries);
      boolean stood = after.map(Account::updateTime).equals(account.map(Account::updateTime));
      if (stood || tries == MOST_TRIES) {
        return Optional.of(finding);
      }
      account = after;
    }
    return Optional.empty();
  }

  private static Finding compare(Account account, List<QueryDocumentSnapshot> entries) {
    return new Finding(
        account.available(),
        sum(entries, "tokens", null),
        account.held(),
        sum(entries, "held", null),
        account.monthly().used(),
        sum(entries, "quota", account.monthly().period()));
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
