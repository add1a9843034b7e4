package app.infinitestories.generation;

import app.infinitestories.jobs.Job;
import app.infinitestories.platform.Hashes;

/** Seeds for providers that take one: the same for a replay, another for each job and purpose. */
final class Seeds {
  private Seeds() {}

  /** An unsigned number of 32 bits. */
  static long of(Job job, String purpose) {
    return Long.parseLong(Hashes.sha256(job.id(), purpose).substring(0, 8), 16);
  }
}
