package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what users have bought. */
public final class ReadPurchases {
  private final Firestore firestore;
  private final Products products;
  private final Clock clock;

  public ReadPurchases(Firestore firestore, Products products, Clock clock) {
    this.firestore = firestore;
    this.products = products;
    this.clock = clock;
  }

  /** The purchase that a page ended with. */
  public record Place(Instant at, String id) {}

  /** What a user owns, the newest first; those after a place when there is one. */
  public List<Purchase> of(String uid, int limit, Optional<Place> after) {
    Query newestFirst =
        firestore
            .collection("purchases")
            .whereEqualTo("owner", uid)
            .orderBy("purchasedAt", Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING);
    Query page =
        after
            .map(place -> newestFirst.startAfter(timestamp(place.at()), place.id()))
            .orElse(newestFirst);
    Instant now = clock.instant();
    return on(page.limit(limit).get()).getDocuments().stream()
        .flatMap(document -> Purchase.of(document, products, now).stream())
        .toList();
  }

  /** One chain, whoever owns it. */
  public Optional<Purchase> find(String chain) {
    return byId(ChainRecord.id(chain));
  }

  /** One purchase by the id that support is told. */
  public Optional<Purchase> byId(String id) {
    return Purchase.of(
        on(firestore.collection("purchases").document(id).get()), products, clock.instant());
  }
}
