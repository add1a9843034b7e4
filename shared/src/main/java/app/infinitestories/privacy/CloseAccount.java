package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Cost;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.platform.IdSource;
import app.infinitestories.queue.line.Priority;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.Submission;
import app.infinitestories.queue.line.SubmitJob;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.users.Profiles;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accepts that a user leaves. One batch creates the job, the tombstone and the audit's entry, and
 * closes account and profile: whatever is submitted, retried, approved or registered afterwards is
 * refused, whoever is faster.
 */
public final class CloseAccount {
  static final Duration FIRST_SWEEP = Duration.ofHours(1);

  private final Firestore firestore;
  private final Profiles profiles;
  private final SubmitJob submit;
  private final Clock clock;
  private final IdSource ids;

  public CloseAccount(
      Firestore firestore, Profiles profiles, SubmitJob submit, Clock clock, IdSource ids) {
    this.firestore = firestore;
    this.profiles = profiles;
    this.submit = submit;
    this.clock = clock;
    this.ids = ids;
  }

  /** What came of the wish. */
  public sealed interface Result {
    /** The job that deletes everything; the same for who asks again. */
    record Closing(String jobId, Optional<SubmitResult.Accepted> accepted) implements Result {}

    /** Nothing was accepted: too often, or too much going on around this account. */
    record Refused(SubmitResult why) implements Result {}
  }

  /** Accepts it once; asked again it answers the same job. */
  public Result close(String uid, RatePolicy rate) {
    Optional<String> known = jobOf(uid);
    if (known.isPresent()) {
      return new Result.Closing(known.get(), Optional.empty());
    }
    // Also of somebody who has just signed in for the first time: then there is little to delete.
    if (!profiles.meet(uid, null)) {
      return asBefore(uid);
    }
    SubmitResult result = submit.submit(submission(uid, ids.next(), rate));
    profiles.part(uid);
    return switch (result) {
      case SubmitResult.Accepted accepted ->
          new Result.Closing(accepted.job().jobId(), Optional.of(accepted));
      case SubmitResult.AccountClosing closing -> asBefore(uid);
      case SubmitResult.Conflict conflict -> asBefore(uid);
      default -> new Result.Refused(result);
    };
  }

  private Result asBefore(String uid) {
    return jobOf(uid)
        .<Result>map(jobId -> new Result.Closing(jobId, Optional.empty()))
        .orElseGet(() -> new Result.Refused(new SubmitResult.TryLater(Duration.ofSeconds(2))));
  }

  private Optional<String> jobOf(String uid) {
    DocumentSnapshot tombstone = on(firestore.document(Departure.path(uid)).get());
    return tombstone.exists() ? Optional.of(Departure.of(tombstone).jobId()) : Optional.empty();
  }

  private Submission submission(String uid, String jobId, RatePolicy rate) {
    Instant now = clock.instant();
    Timestamp at = timestamp(now);
    var tombstone =
        new NewDocument(
            Departure.path(uid),
            Map.of(
                "uid", uid,
                "jobId", jobId,
                "salt", ids.next(),
                "at", at,
                "sweepAt", timestamp(now.plus(FIRST_SWEEP))));
    var audit =
        new NewDocument(
            "audit/" + ids.next(), Map.of("action", "account.deletion", "uid", uid, "at", at));
    var profile =
        new NewDocument(
            "users/" + uid, Map.of(Profiles.CLOSING, true, "revision", FieldValue.increment(1)));
    return Submission.of(jobId, uid, DeletionPipeline.KIND, "", Map.of(), Cost.FREE)
        .withPriority(Priority.HIGH)
        .withRate(rate)
        .withDocuments(List.of(tombstone, audit), List.of(profile))
        .closingAccount();
  }
}
