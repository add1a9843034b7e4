package app.infinitestories.queue.line;

import app.infinitestories.accounts.Cost;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a job.
 *
 * @param jobId chosen by the caller, so that documents made beside it can name it
 * @param input what the pipeline gets; kept in the job's document
 * @param creates documents that the accepting batch creates
 * @param updates existing documents whose fields the accepting batch changes
 * @param closesAccount from the accepting batch on nothing new is accepted for this user
 */
public record Submission(
    String jobId,
    String uid,
    String kind,
    String length,
    Priority priority,
    Map<String, Object> input,
    Cost cost,
    Optional<Idempotency> idempotency,
    Optional<RatePolicy> rate,
    List<NewDocument> creates,
    List<NewDocument> updates,
    boolean closesAccount) {

  /** A job of normal priority without conditions. */
  public static Submission of(
      String jobId, String uid, String kind, String length, Map<String, Object> input, Cost cost) {
    return new Submission(
        jobId,
        uid,
        kind,
        length,
        Priority.NORMAL,
        input,
        cost,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        false);
  }

  public Submission withPriority(Priority other) {
    return new Submission(
        jobId,
        uid,
        kind,
        length,
        other,
        input,
        cost,
        idempotency,
        rate,
        creates,
        updates,
        closesAccount);
  }

  public Submission withIdempotency(Idempotency key) {
    return new Submission(
        jobId,
        uid,
        kind,
        length,
        priority,
        input,
        cost,
        Optional.of(key),
        rate,
        creates,
        updates,
        closesAccount);
  }

  public Submission withRate(RatePolicy policy) {
    return new Submission(
        jobId,
        uid,
        kind,
        length,
        priority,
        input,
        cost,
        idempotency,
        Optional.of(policy),
        creates,
        updates,
        closesAccount);
  }

  /** Documents that are created and changed in the accepting batch. */
  public Submission withDocuments(List<NewDocument> created, List<NewDocument> updated) {
    return new Submission(
        jobId,
        uid,
        kind,
        length,
        priority,
        input,
        cost,
        idempotency,
        rate,
        created,
        updated,
        closesAccount);
  }

  /** The last job of this user. */
  public Submission closingAccount() {
    return new Submission(
        jobId, uid, kind, length, priority, input, cost, idempotency, rate, creates, updates, true);
  }
}
