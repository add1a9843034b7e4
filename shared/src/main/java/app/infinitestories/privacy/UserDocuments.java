package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.WriteBatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All documents of a user but the legal record: where they are, and how they go. */
final class UserDocuments {
  private static final int PAGE = 200;
  private static final int SHARDS = 10;

  /** Collections whose documents say in {@code uid} whose they are. */
  private static final List<String> OWNED =
      List.of("outbox", "mail", "sessions", "shares", "photoUses");

  private final Firestore firestore;
  private final QueueStore queue;
  private final MediaStore media;

  UserDocuments(Firestore firestore, QueueStore queue, MediaStore media) {
    this.firestore = firestore;
    this.queue = queue;
    this.media = media;
  }

  /**
   * Deletes them; says how many jobs, likes and documents outside the user's own tree those were.
   */
  int delete(String uid, List<String> jobs) {
    int deleted = unlike(uid);
    for (String job : jobs) {
      delete(job);
      deleted++;
    }
    for (String collection : OWNED) {
      deleted += deleteAll(collection, "uid", uid);
    }
    deleted += deleteArrivals(uid);
    for (String window : SlidingRateLimiter.storedWindows(uid)) {
      on(firestore.document(window).delete());
    }
    on(firestore.recursiveDelete(user(uid)));
    return deleted;
  }

  /** What is left, at most a page of each kind. */
  int count(String uid, String ownJob) {
    int left = on(user(uid).get()).exists() ? 1 : 0;
    for (CollectionReference below : user(uid).listCollections()) {
      left += on(below.limit(PAGE).get()).size();
    }
    for (String collection : OWNED) {
      left += of(collection, "uid", uid).size();
    }
    left += arrivals(uid).size();
    left += others(of("jobs", "uid", uid).stream().map(DocumentSnapshot::getId), ownJob);
    left +=
        others(
            of("slots", "uid", uid).stream().map(slot -> String.valueOf(slot.getString("jobId"))),
            ownJob);
    return left;
  }

  private static int others(Stream<String> jobs, String ownJob) {
    return (int) jobs.filter(job -> !job.equals(ownJob)).count();
  }

  /** Media first: should this stop half-way, the document still says what is left to delete. */
  private void delete(String jobId) {
    media.deleteAll("jobs/" + jobId + "/");
    deleteAll("idempotency", "jobId", jobId);
    deleteAll("orphans", "jobId", jobId);
    on(firestore.recursiveDelete(queue.job(jobId)));
  }

  private int deleteAll(String collection, String field, String value) {
    return deleteAll(() -> of(collection, field, value));
  }

  /** Notes of uploads, which know their user by the path alone. */
  private int deleteArrivals(String uid) {
    return deleteAll(() -> arrivals(uid));
  }

  private List<QueryDocumentSnapshot> arrivals(String uid) {
    String folder = "users/" + uid + "/";
    return on(firestore
            .collection("arrivals")
            .whereGreaterThanOrEqualTo("path", folder)
            .whereLessThan("path", folder + "\uf8ff")
            .limit(PAGE)
            .get())
        .getDocuments();
  }

  private int deleteAll(Supplier<List<QueryDocumentSnapshot>> next) {
    int deleted = 0;
    for (var page = next.get(); !page.isEmpty(); page = next.get()) {
      WriteBatch batch = firestore.batch();
      page.forEach(document -> batch.delete(document.getReference()));
      on(batch.commit());
      deleted += page.size();
    }
    return deleted;
  }

  private List<QueryDocumentSnapshot> of(String collection, String field, String value) {
    return on(firestore.collection(collection).whereEqualTo(field, value).limit(PAGE).get())
        .getDocuments();
  }

  /** Takes each like back, and with it its count, in one batch: so it is never taken twice. */
  private int unlike(String uid) {
    int taken = 0;
    CollectionReference likes = user(uid).collection("likes");
    List<QueryDocumentSnapshot> page = on(likes.limit(PAGE).get()).getDocuments();
    while (!page.isEmpty()) {
      for (DocumentSnapshot like : page) {
        taken += unlike(like) ? 1 : 0;
      }
      page = on(likes.limit(PAGE).get()).getDocuments();
    }
    return taken;
  }

  private boolean unlike(DocumentSnapshot like) {
    DocumentReference story = firestore.collection("stories").document(like.getId());
    WriteBatch batch = firestore.batch();
    batch.delete(
        like.getReference(), Precondition.updatedAt(Objects.requireNonNull(like.getUpdateTime())));
    if (on(story.get()).exists()) {
      String shard =
          Integer.toString(Math.floorMod(like.getReference().getPath().hashCode(), SHARDS));
      batch.set(
          story.collection("shards").document(shard),
          Map.of("likes", FieldValue.increment(-1)),
          SetOptions.merge());
    }
    try {
      on(batch.commit());
      return true;
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e) || on(like.getReference().get()).exists()) {
        throw e;
      }
      return false; // an earlier copy of this commit worked
    }
  }

  private DocumentReference user(String uid) {
    return firestore.collection("users").document(uid);
  }
}
