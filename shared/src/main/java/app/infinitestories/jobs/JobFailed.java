package app.infinitestories.jobs;

/**
 * Thrown by a pipeline to end its job with {@link StepOutcome.Fail} from any depth. The message is
 * for the parent and names neither the child nor any words of theirs.
 */
public final class JobFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public JobFailed(String code, String message) {
    super(message);
    this.code = code;
  }

  /** One of the error codes of the job, for example CONTENT_REJECTED or PHOTO_UNUSABLE. */
  public String code() {
    return code;
  }
}
