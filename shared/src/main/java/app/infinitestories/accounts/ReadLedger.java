package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads an account's ledger, the newest entry first. */
public final class ReadLedger {
  private final Accounts accounts;

  public ReadLedger(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The entry that a page ended with. */
  public record Place(Instant at, String id) {}

  /** At most {@code limit} entries, those after a place when there is one. */
  public List<LedgerEntry> page(String uid, int limit, Optional<Place> after) {
    Query newestFirst =
        accounts
            .ref(uid)
            .collection("ledger")
            .orderBy("at", Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING);
    Query page =
        after
            .map(place -> newestFirst.startAfter(timestamp(place.at()), place.id()))
            .orElse(newestFirst);
    return on(page.limit(limit).get()).getDocuments().stream().map(LedgerEntry::of).toList();
  }
}
