package app.infinitestories.jobs;

import app.infinitestories.provider.Charge;

/** What a step's work may do besides returning its result. */
public interface StepContext {
  /** The step's key, for example {@code picture.2@1}. */
  String key();

  /** Records what a paid call cost; written together with the result. */
  void charge(Charge charge);

  /**
   * Uploads scratch media of this job and returns its path ({@code jobs/{jobId}/work/…}). Deleted
   * again if the lease turns out to be lost.
   */
  String upload(byte[] bytes, String extension, String contentType);

  /**
   * Uploads media that stays (path given by the caller, under the user), deleted again if the lease
   * turns out to be lost before the step is recorded.
   */
  void uploadTo(String path, byte[] bytes, String contentType);
}
