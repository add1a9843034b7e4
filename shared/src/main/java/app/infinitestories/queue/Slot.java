package app.infinitestories.queue;

import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slot's document as read at one moment: the right to work on one job, and the fence of who works
 * on it. Its update time is the lease.
 *
 * @param claim a fresh one with each admission and start: who writes under another is too late
 * @param revoked the job was ended from outside while a worker had it
 * @param beat one more with each write, so that each one renews the lease
 * @param doneSteps steps that were finished under this claim
 * @param busySince since when providers have been busy without a new step
 * @param busyTries how often they were since
 */
public record Slot(
    DocumentReference ref,
    String pool,
    boolean free,
    boolean drained,
    @Nullable String jobId,
    @Nullable String uid,
    @Nullable String claim,
    long fence,
    boolean revoked,
    long beat,
    @Nullable Instant pollAt,
    @Nullable String step,
    int progress,
    List<Preview> previews,
    int doneSteps,
    @Nullable Instant busySince,
    int busyTries,
    String commitId,
    Timestamp updateTime) {

  /** The slot in that document, which must exist. */
  public static Slot of(DocumentSnapshot d) {
    return new Slot(
        d.getReference(),
        Fields.required(d, "pool"),
        Fields.flag(d, "free"),
        Fields.flag(d, "drained"),
        d.getString("jobId"),
        d.getString("uid"),
        d.getString("claim"),
        Fields.number(d, "fence"),
        Fields.flag(d, "revoked"),
        Fields.number(d, "beat"),
        Fields.time(d, "pollAt"),
        d.getString("step"),
        (int) Fields.number(d, "progress"),
        Preview.of(d.get("previews")),
        (int) Fields.number(d, "doneSteps"),
        Fields.time(d, "busySince"),
        (int) Fields.number(d, "busyTries"),
        Fields.text(d, "commitId", ""),
        Commits.updateTime(d));
  }

  public String id() {
    return ref.getId();
  }

  /** The slot after one more accepted write of its holder. */
  public Slot written(@Nullable String holder, String commit, Timestamp at) {
    return new Slot(
        ref, pool, free, drained, jobId, uid, holder, fence, revoked, beat + 1, pollAt, step,
        progress, previews, doneSteps, busySince, busyTries, commit, at);
  }

  /** The fields of a slot that nobody has, after that beat. */
  public static Map<String, @Nullable Object> freed(long beat, String commitId) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("free", true);
    fields.put("jobId", null);
    fields.put("uid", null);
    fields.put("claim", null);
    fields.put("fence", 0L);
    fields.put("revoked", false);
    fields.put("beat", beat);
    fields.put("pollAt", null);
    fields.put("step", null);
    fields.put("progress", 0L);
    fields.put("previews", List.of());
    fields.put("doneSteps", 0L);
    fields.put("busySince", null);
    fields.put("busyTries", 0L);
    fields.put("commitId", commitId);
    return fields;
  }

  /** The fields of a slot that was just given to a job. */
  public static Map<String, @Nullable Object> taken(
      QueuedJob job, String claim, long beat, String commitId) {
    var fields = freed(beat, commitId);
    fields.put("free", false);
    fields.put("jobId", job.id());
    fields.put("uid", job.uid());
    fields.put("claim", claim);
    fields.put("fence", job.fence());
    fields.put("step", job.step());
    fields.put("progress", (long) job.progress());
    fields.put("previews", Preview.toMaps(job.previews()));
    return fields;
  }
}
