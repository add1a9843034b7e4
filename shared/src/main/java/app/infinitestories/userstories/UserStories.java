package app.infinitestories.userstories;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.json.Json;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.JobView;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.steps.CostReport;
import app.infinitestories.queue.steps.RecordedSteps;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stories that a user ordered: each one a job, a finished film, or both. A job goes a day after
 * it ended; its story stays and stands for both.
 */
public final class UserStories {
  /** The story's field that keeps the cost report as JSON once the job is gone. */
  public static final String KEPT_COST = "cost";

  /**
   * A job and what came of it; at least one of the two is there.
   *
   * @param draft the script, while the parent is asked to approve it
   */
  public record Item(
      String id,
      Instant orderedAt,
      @Nullable JobView job,
      @Nullable ScriptDraft draft,
      @Nullable VideoStory story) {}

  /**
   * Where a list goes on: after this item.
   *
   * @param id breaks ties between items ordered at the same microsecond
   */
  public record Cursor(Instant orderedAt, String id) {}

  private final Firestore firestore;
  private final QueueStore queue;
  private final QueueConfig config;
  private final CostReport costReport;
  private final RecordedSteps steps;

  public UserStories(
      Firestore firestore, QueueStore queue, QueueConfig config, CostReport costReport) {
    this.firestore = firestore;
    this.costReport = costReport;
    this.queue = queue;
    this.config = config;
    this.steps = new RecordedSteps(queue);
  }

  /** One of the user's, in at most two round trips; empty for an unknown or a foreign id. */
  public Optional<Item> find(String uid, String id) {
    List<DocumentSnapshot> found = queue.all(queue.job(id), story(uid, id));
    Optional<QueuedJob> job =
        QueuedJob.of(found.get(0)).filter(own -> own.uid().equals(uid) && isFilm(own));
    Optional<VideoStory> story =
        Optional.of(found.get(1)).filter(UserStories::isFilm).map(VideoStory::of);
    if (job.isEmpty() && story.isEmpty()) {
      return Optional.empty();
    }
    return job.map(own -> item(own, story.orElse(null))).or(() -> story.map(UserStories::item));
  }

  /** The cost of the user's job, from its steps or, once they are gone, from its story. */
  public Optional<CostReport.Report> cost(String uid, String id) {
    Optional<Item> item = find(uid, id);
    if (item.isEmpty() || item.get().job() != null) {
      return item.map(own -> costReport.of(own.id()));
    }
    String kept = on(story(uid, id).get()).getString(KEPT_COST);
    return Optional.ofNullable(kept).map(json -> Json.read(json, CostReport.Report.class));
  }

  /**
   * A page, newest first.
   *
   * @param states only jobs in these states; empty for all
   * @param after where the page before ended
   */
  public List<Item> list(String uid, List<JobState> states, int limit, Optional<Cursor> after) {
    var byId = new HashMap<String, Item>();
    boolean succeeded = states.isEmpty() || states.contains(JobState.SUCCEEDED);
    var stories = new HashMap<String, VideoStory>();
    if (succeeded) {
      for (DocumentSnapshot document :
          page(stories(uid).whereEqualTo("kind", "video"), "orderedAt", limit, after)) {
        VideoStory story = VideoStory.of(document);
        stories.put(story.id(), story);
        byId.put(story.id(), item(story));
      }
    }
    Query jobs = queue.jobs().whereEqualTo("uid", uid).whereEqualTo("kind", OrderStory.KIND);
    if (!states.isEmpty()) {
      jobs = jobs.whereIn("state", states.stream().map(JobState::word).toList());
    }
    for (DocumentSnapshot document : page(jobs, "createdAt", limit, after)) {
      QueuedJob job = QueuedJob.of(document).orElseThrow();
      byId.put(job.id(), item(job, stories.get(job.id())));
    }
    return byId.values().stream()
        .sorted(Comparator.comparing(Item::orderedAt).thenComparing(Item::id).reversed())
        .limit(limit)
        .toList();
  }

  private List<DocumentSnapshot> page(Query query, String time, int limit, Optional<Cursor> after) {
    Query sorted =
        query
            .orderBy(time, Query.Direction.DESCENDING)
            .orderBy(com.google.cloud.firestore.FieldPath.documentId(), Query.Direction.DESCENDING);
    if (after.isPresent()) {
      sorted = sorted.startAfter(timestamp(after.get().orderedAt()), after.get().id());
    }
    return List.copyOf(on(sorted.limit(limit).get()).getDocuments());
  }

  private Item item(QueuedJob job, @Nullable VideoStory story) {
    ScriptDraft draft =
        job.state() == JobState.AWAITING_APPROVAL
            ? steps
                .result(job.id(), ScriptDraft.STEP + "@" + job.revision(), ScriptDraft.class)
                .orElse(null)
            : null;
    return new Item(job.id(), job.createdAt(), view(job), draft, story);
  }

  private static Item item(VideoStory story) {
    return new Item(story.id(), story.orderedAt(), null, null, story);
  }

  private JobView view(QueuedJob job) {
    Slot slot = null;
    String slotId = job.slot();
    if (slotId != null && job.state().hasSlot()) {
      slot = Slot.of(on(queue.slot(slotId).get()));
    }
    return job.view(config.kind(job.kind()), slot);
  }

  private CollectionReference stories(String uid) {
    return firestore.collection("users").document(uid).collection("stories");
  }

  private DocumentReference story(String uid, String id) {
    return stories(uid).document(id);
  }

  private static boolean isFilm(QueuedJob job) {
    return job.kind().equals(OrderStory.KIND);
  }

  private static boolean isFilm(DocumentSnapshot story) {
    return story.exists() && "video".equals(story.getString("kind"));
  }
}
