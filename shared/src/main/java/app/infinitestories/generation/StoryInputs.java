package app.infinitestories.generation;

import app.infinitestories.files.Upload;
import app.infinitestories.files.Uploads;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.line.RetryGuard;
import app.infinitestories.queue.steps.RecordedSteps;
import app.infinitestories.safety.Verdict;
import app.infinitestories.userstories.StoryOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a film is made from, for another round of a failed one: the photo until the hero is drawn,
 * the recording until it is written down. What is still needed must still be there, and is marked
 * as used again.
 */
public final class StoryInputs implements RetryGuard {
  private final Uploads uploads;
  private final RecordedSteps steps;
  private final ChildData childData;

  public StoryInputs(Uploads uploads, RecordedSteps steps, ChildData childData) {
    this.uploads = uploads;
    this.steps = steps;
    this.childData = childData;
  }

  @Override
  public Optional<List<NewDocument>> restsOn(QueuedJob job) {
    if (!job.kind().equals(StoryPipeline.KIND)) {
      return Optional.of(List.of());
    }
    var rest = new ArrayList<NewDocument>();
    for (String key : needed(job, StoryOrder.of(job.input()))) {
      Optional<Upload> upload = uploads.find(job.uid(), key).filter(Upload::confirmed);
      if (upload.isEmpty()) {
        return Optional.empty();
      }
      // The round makes it another document: whoever is about to forget it must look again.
      rest.add(
          new NewDocument(
              uploads.path(job.uid(), key).orElseThrow(),
              Map.of("lastJob", job.id(), "lastRound", job.round() + 1L)));
    }
    return Optional.of(List.copyOf(rest));
  }

  private List<String> needed(QueuedJob job, StoryOrder order) {
    var needed = new ArrayList<String>();
    if (!isHeroDrawn(job.id())) {
      needed.add(order.photo());
    }
    String recording = order.voiceIdea();
    if (recording != null
        && childData.mayLeave()
        && !steps.isDone(job.id(), first(Listening.VOICE_IDEA))) {
      needed.add(recording);
    }
    return needed;
  }

  /** Whether a replay gets past the photo without reading it. */
  private boolean isHeroDrawn(String jobId) {
    if (!steps.isDone(jobId, first(Casting.SHEET))
        || (childData.mayLeave() && !steps.isDone(jobId, first(Casting.PHOTO_MODERATION)))) {
      return false;
    }
    return steps.isDone(jobId, first(Casting.PROFILE))
        || steps
            .result(jobId, first(Casting.SHEET_MODERATION), Verdict.class)
            .filter(verdict -> !verdict.flagged())
            .isPresent();
  }

  /** Steps before the script are the same in every revision. */
  private static String first(String step) {
    return step + "@1";
  }
}
