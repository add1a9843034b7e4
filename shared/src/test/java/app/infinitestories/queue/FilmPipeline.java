package app.infinitestories.queue;

import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import java.util.List;
import java.util.function.BiFunction;

/** A pipeline whose body the test writes. */
record FilmPipeline(String kind, List<PlannedStep> steps, BiFunction<Job, Steps, StepOutcome> body)
    implements Pipeline {

  static FilmPipeline of(BiFunction<Job, Steps, StepOutcome> body) {
    return new FilmPipeline("video", List.of(), body);
  }

  @Override
  public List<PlannedStep> plan(Job job) {
    return steps;
  }

  @Override
  public StepOutcome run(Job job, Steps run) {
    return body.apply(job, run);
  }
}
