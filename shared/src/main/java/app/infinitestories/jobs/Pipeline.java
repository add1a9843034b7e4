package app.infinitestories.jobs;

import java.util.List;

/** One kind of work, written as if it ran in one go; a replay skips what is recorded. */
public interface Pipeline {
  /** The job kind that this pipeline works on. */
  String kind();

  /** All steps that the job will take, for a truthful progress: weight is p50 seconds. */
  List<PlannedStep> plan(Job job);

  /** Works until the job is done, must wait, or fails. Must not catch {@link StepSignal}. */
  StepOutcome run(Job job, Steps steps);

  /** A step of the plan: its name without scene, how often it occurs, and its weight each. */
  record PlannedStep(String name, int count, int weightSeconds) {}
}
