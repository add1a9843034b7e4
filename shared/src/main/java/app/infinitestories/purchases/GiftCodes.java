package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The codes that bought gifts became: {@code purchases/{id}/gifts/{sha256 of tx}} names the
 * document of the code. When the money goes back, so does what the code brought, from whoever took
 * it in.
 */
public final class GiftCodes {
  private final Firestore firestore;

  public GiftCodes(Firestore firestore) {
    this.firestore = firestore;
  }

  /**
   * A code that is no longer as its purchase is.
   *
   * @param redeemedBy null while nobody took it in
   * @param refunded as it is from now on
   */
  record Change(
      DocumentSnapshot code,
      String tx,
      long tokens,
      @Nullable String redeemedBy,
      boolean refunded) {

    /** What the account of {@link #redeemedBy} gets, negative for what it gives back. */
    long difference() {
      return refunded ? -tokens : tokens;
    }

    /** Refused when somebody takes the code in meanwhile. */
    void addTo(WriteBatch batch, String commitId) {
      batch.update(
          code.getReference(),
          Map.of("refunded", refunded, "commitId", commitId),
          Precondition.updatedAt(Commits.updateTime(code)));
    }
  }

  /**
   * What a folding changes.
   *
   * @param refunded marks of gifts that were paid back and have no code: written, so that nobody
   *     who read the purchase before makes one now
   */
  record Changes(List<Change> codes, List<DocumentSnapshot> refunded) {

    void addTo(WriteBatch batch, String commitId) {
      codes.forEach(code -> code.addTo(batch, commitId));
      for (DocumentSnapshot mark : refunded) {
        Map<String, Object> fields = Map.of("commitId", commitId);
        if (mark.exists()) {
          batch.update(
              mark.getReference(), fields, Precondition.updatedAt(Commits.updateTime(mark)));
        } else {
          batch.create(mark.getReference(), fields);
        }
      }
    }
  }

  /** Where a bought gift keeps which code it became. */
  public DocumentReference mark(String purchaseId, String tx) {
    return firestore
        .collection("purchases")
        .document(purchaseId)
        .collection("gifts")
        .document(Hashes.sha256(tx));
  }

  /** The code with that hash. */
  public DocumentReference code(String hash) {
    return firestore.collection("magicTokens").document(hash);
  }

  /** What the state of a chain changes in its codes; reads nothing for a chain without gifts. */
  Changes changes(String purchaseId, ChainState state, Products products) {
    var codes = new ArrayList<Change>();
    var refunded = new ArrayList<DocumentSnapshot>();
    state
        .transactions()
        .forEach((tx, bought) -> {
          if (isGift(bought, products)) {
            DocumentSnapshot mark = on(mark(purchaseId, tx).get());
            String code = mark.getString("token");
            if (code != null) {
              addChange(codes, on(code(code).get()), tx, bought.refunded());
            } else if (bought.refunded()) {
              refunded.add(mark);
            }
          }
        });
    return new Changes(codes, refunded);
  }

  private static void addChange(
      List<Change> changes, DocumentSnapshot code, String tx, boolean refunded) {
    boolean before = Boolean.TRUE.equals(code.getBoolean("refunded"));
    if (code.exists() && before != refunded) {
      changes.add(
          new Change(
              code,
              tx,
              Objects.requireNonNull(code.getLong("tokens")),
              code.getString("redeemedBy"),
              refunded));
    }
  }

  private static boolean isGift(ChainState.Transaction bought, Products products) {
    return bought.product() != null
        && products
            .find(bought.product())
            .filter(product -> product.kind() == Product.Kind.GIFT)
            .isPresent();
  }
}
