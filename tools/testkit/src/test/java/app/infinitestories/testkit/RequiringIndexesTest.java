package app.infinitestories.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A query that Firestore would refuse for want of an index is refused in tests too. */
@FirestoreTest
class RequiringIndexesTest {
  private final Firestore firestore;

  RequiringIndexesTest(Firestore firestore) {
    this.firestore = firestore;
  }

  @Test
  void whatTheFileDeclaresIsAnswered() throws Exception {
    Query jobs = firestore.collection("jobs");
    for (Query query :
        List.of(
            jobs.whereEqualTo("pool", "film").whereEqualTo("state", "ready").orderBy("turn"),
            jobs.whereEqualTo("uid", "a").whereEqualTo("kind", "video").whereEqualTo("pool", "x"),
            jobs.orderBy("createdAt", Query.Direction.DESCENDING),
            jobs.whereLessThan("finishedAt", 1),
            firestore.collectionGroup("devices").whereEqualTo("token", "t"))) {
      assertTrue(query.get().get().isEmpty());
    }
    assertEquals(
        0,
        jobs.whereEqualTo("pool", "film")
            .whereEqualTo("state", "x")
            .count()
            .get()
            .get()
            .getCount());
  }

  @Test
  void whatItDoesNotDeclareIsRefused() {
    Query jobs = firestore.collection("jobs");
    for (Query query :
        List.of(
            jobs.whereEqualTo("pool", "film").orderBy("createdAt"),
            jobs.whereEqualTo("pool", "film")
                .whereEqualTo("state", "ready")
                .orderBy("turn")
                .orderBy("createdAt"),
            jobs.whereEqualTo("uid", "a").whereLessThan("turn", 1),
            jobs.orderBy("turn").orderBy("createdAt"),
            jobs.whereEqualTo("input", "exempt from indexing"),
            firestore.collectionGroup("devices").whereEqualTo("platform", "ios"))) {
      var refused = assertThrows(ExecutionException.class, () -> query.get().get());
      assertTrue(refused.toString().contains("requires an index"), refused::toString);
    }
  }
}
