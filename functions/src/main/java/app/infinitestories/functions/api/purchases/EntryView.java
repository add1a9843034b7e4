package app.infinitestories.functions.api.purchases;

import app.infinitestories.accounts.LedgerEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of a ledger. */
public record EntryView(
    String id,
    LedgerEntry.Kind kind,
    long tokens,
    long quota,
    String reason,
    @Nullable String jobId,
    @Nullable String purchaseId,
    long balanceAfter,
    Instant at) {

  static EntryView of(LedgerEntry entry) {
    return new EntryView(
        entry.id(),
        entry.kind(),
        entry.tokens(),
        entry.quota(),
        entry.reason(),
        entry.jobId(),
        entry.purchaseId(),
        entry.balanceAfter(),
        entry.at());
  }
}
