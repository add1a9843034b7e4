package app.infinitestories.queue;

import app.infinitestories.accounts.Cost;
import app.infinitestories.accounts.Hold;
import app.infinitestories.jobs.Job;
import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job's document as read at one moment.
 *
 * @param slot the slot that it has while waiting or running
 * @param fence one more with each start
 * @param attempts starts that ended by a lost lease or an unexpected error since the last new step
 * @param parks how often it parked since the last new step
 * @param turn its place in line, in milliseconds since 1970
 * @param dueAt when a parked job goes on, or when an unanswered approval ends
 * @param progress as it was when the job left its last slot, with step and previews
 */
public record QueuedJob(
    DocumentReference ref,
    String uid,
    String kind,
    String length,
    String pool,
    int priority,
    JobState state,
    @Nullable String slot,
    long fence,
    int attempts,
    int parks,
    int round,
    int revision,
    long turn,
    @Nullable Instant dueAt,
    @Nullable Instant parkedSince,
    Cost cost,
    Hold hold,
    Map<String, Object> input,
    @Nullable JobError error,
    @Nullable String step,
    int progress,
    List<Preview> previews,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant retryUntil,
    String commitId,
    Timestamp updateTime) {

  /** The job in that document, if there is one. */
  public static Optional<QueuedJob> of(DocumentSnapshot d) {
    if (!d.exists()) {
      return Optional.empty();
    }
    Instant created = Fields.time(d, "createdAt");
    return Optional.of(
        new QueuedJob(
            d.getReference(),
            Fields.required(d, "uid"),
            Fields.required(d, "kind"),
            Fields.text(d, "length", ""),
            Fields.required(d, "pool"),
            (int) Fields.number(d, "priority"),
            JobState.of(Fields.required(d, "state")),
            d.getString("slot"),
            Fields.number(d, "fence"),
            (int) Fields.number(d, "attempts"),
            (int) Fields.number(d, "parks"),
            (int) Fields.number(d, "round"),
            (int) Fields.number(d, "revision"),
            Fields.number(d, "turn"),
            Fields.time(d, "dueAt"),
            Fields.time(d, "parkedSince"),
            cost(Fields.map(d, "cost")),
            Hold.of(d.get("hold")),
            Fields.map(d, "input"),
            JobError.of(d.get("error")),
            d.getString("step"),
            (int) Fields.number(d, "progress"),
            Preview.of(d.get("previews")),
            created == null ? Instant.EPOCH : created,
            Fields.time(d, "startedAt"),
            Fields.time(d, "finishedAt"),
            Fields.time(d, "retryUntil"),
            Fields.text(d, "commitId", ""),
            Commits.updateTime(d)));
  }

  private static Cost cost(Map<String, Object> stored) {
    return new Cost(number(stored.get("tokens")), number(stored.get("quota")));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }

  public String id() {
    return ref.getId();
  }

  /** The same job after a change of state, for those who show it. */
  public QueuedJob moved(JobState to, @Nullable JobError why, Instant at) {
    return new QueuedJob(
        ref,
        uid,
        kind,
        length,
        pool,
        priority,
        to,
        slot,
        fence,
        attempts,
        parks,
        round,
        revision,
        turn,
        dueAt,
        parkedSince,
        cost,
        hold,
        input,
        why,
        step,
        progress,
        previews,
        createdAt,
        startedAt,
        to.isFinished() ? at : finishedAt,
        retryUntil,
        commitId,
        updateTime);
  }

  /** The same job with step and progress as they are known elsewhere. */
  public QueuedJob seen(@Nullable String at, int percent, List<Preview> shown) {
    return new QueuedJob(
        ref,
        uid,
        kind,
        length,
        pool,
        priority,
        state,
        slot,
        fence,
        attempts,
        parks,
        round,
        revision,
        turn,
        dueAt,
        parkedSince,
        cost,
        hold,
        input,
        error,
        at,
        percent,
        shown,
        createdAt,
        startedAt,
        finishedAt,
        retryUntil,
        commitId,
        updateTime);
  }

  /** As its pipeline sees it. */
  public Job forPipeline() {
    return new Job(id(), uid, kind, length, round, revision, input, createdAt);
  }

  private int percent(@Nullable Slot live) {
    if (state == JobState.SUCCEEDED) {
      return 100;
    }
    return live == null ? progress : Math.max(progress, live.progress());
  }

  /** As its owner sees it; with a slot, step, progress and previews are the slot's. */
  public JobView view(KindSpec spec, @Nullable Slot held) {
    @Nullable Slot live = held != null && id().equals(held.jobId()) ? held : null;
    return new JobView(
        id(),
        uid,
        kind,
        length,
        pool,
        round,
        state,
        live == null ? step : live.step(),
        percent(live),
        live == null ? previews : live.previews(),
        error,
        state == JobState.SUCCEEDED ? spec.storyId(id(), input) : null,
        attempts,
        turn,
        dueAt,
        createdAt,
        startedAt,
        finishedAt);
  }
}
