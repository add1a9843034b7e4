package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.purchases.RenameBuyer;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the law wants kept of somebody who is gone: money and audit, with the uid replaced and
 * everything personal left out. Moved page by page, each in one batch, so that it may stop anywhere
 * and nothing is there twice.
 */
final class LegalRecord {
  private static final int PAGE = 200;
  private static final List<String> KEPT_OF_ACCOUNT =
      List.of("available", "held", "monthly", "createdAt");
  private static final List<String> PERSONAL = List.of("email", "displayName", "name", "address");

  private final Firestore firestore;
  private final RenameBuyer purchases;

  LegalRecord(Firestore firestore) {
    this.firestore = firestore;
    this.purchases = new RenameBuyer(firestore);
  }

  /** Keeps it under that name; says how many documents were moved or renamed. */
  int keep(String uid, String legalName) {
    DocumentReference account = account(uid);
    int kept = 0;
    List<QueryDocumentSnapshot> page = page(account);
    while (!page.isEmpty()) {
      move(page, account(legalName));
      kept += page.size();
      page = page(account);
    }
    kept += keepBalance(account, account(legalName));
    page = audit(uid);
    while (!page.isEmpty()) {
      rename(page, legalName);
      kept += page.size();
      page = audit(uid);
    }
    return kept + purchases.rename(uid, legalName);
  }

  /** What still has the uid. */
  int count(String uid) {
    DocumentReference account = account(uid);
    return (on(account.get()).exists() ? 1 : 0)
        + page(account).size()
        + audit(uid).size()
        + purchases.count(uid);
  }

  private void move(List<QueryDocumentSnapshot> entries, DocumentReference to) {
    WriteBatch batch = firestore.batch();
    for (DocumentSnapshot entry : entries) {
      batch.set(to.collection("ledger").document(entry.getId()), fields(entry));
      batch.delete(entry.getReference());
    }
    on(batch.commit());
  }

  /**
   * The balance at the end; an entry that comes while it is moved changes it, and it is read anew.
   */
  private int keepBalance(DocumentReference account, DocumentReference to) {
    DocumentSnapshot before = on(account.get());
    if (!before.exists()) {
      return 0;
    }
    Map<String, @Nullable Object> balance = new HashMap<>();
    KEPT_OF_ACCOUNT.forEach(field -> balance.put(field, before.get(field)));
    balance.put("closing", true);
    balance.put("lines", Map.of());
    balance.put("windows", Map.of());
    WriteBatch batch = firestore.batch();
    batch.set(to, balance);
    batch.delete(account, Precondition.updatedAt(Objects.requireNonNull(before.getUpdateTime())));
    on(batch.commit());
    return 1;
  }

  private void rename(List<QueryDocumentSnapshot> entries, String legalName) {
    WriteBatch batch = firestore.batch();
    for (DocumentSnapshot entry : entries) {
      Map<String, @Nullable Object> fields = fields(entry);
      PERSONAL.forEach(fields::remove);
      fields.put("uid", legalName);
      batch.set(entry.getReference(), fields);
    }
    on(batch.commit());
  }

  private static Map<String, @Nullable Object> fields(DocumentSnapshot document) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    Objects.requireNonNull(document.getData()).forEach(fields::put);
    return fields;
  }

  private static List<QueryDocumentSnapshot> page(DocumentReference account) {
    return on(account.collection("ledger").limit(PAGE).get()).getDocuments();
  }

  private List<QueryDocumentSnapshot> audit(String uid) {
    return on(firestore
            .collection("audit")
            .whereEqualTo(FieldPath.of("uid"), uid)
            .limit(PAGE)
            .get())
        .getDocuments();
  }

  private DocumentReference account(String uid) {
    return firestore.collection("accounts").document(uid);
  }
}
