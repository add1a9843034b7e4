package app.infinitestories.queue;

/**
 * Is told of each accepted commit that changed a job or finished a step. A failure in here never
 * hurts the job.
 */
@FunctionalInterface
public interface JobChanges {
  /** Nobody wants to know. */
  JobChanges NONE = (job, seq) -> {};

  /**
   * A job changed.
   *
   * @param seq Firestore's commit time in microseconds since 1970
   */
  void changed(JobView job, long seq);
}
