package app.infinitestories.functions.api.userstories;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeException;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.JobView;
import app.infinitestories.userstories.ScriptDraft;
import app.infinitestories.userstories.UserStories;
import app.infinitestories.userstories.VideoStory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs and stories in the words of the API. Positions and estimates come from the Realtime
 * Database, so that an answer and a phone's listener tell the same.
 */
public final class Answers {
  private static final EventLog LOG = EventLog.of(Answers.class);
  private static final Duration NEXT_SYNC = Duration.ofSeconds(10);

  private final RealtimeNodes nodes;
  private final MediaStore media;

  public Answers(RealtimeNodes nodes, MediaStore media) {
    this.nodes = nodes;
    this.media = media;
  }

  JobAnswer job(JobView job, @Nullable ScriptDraft draft) {
    return JobAnswer.of(job, job.state().isFinished() ? null : place(job), draft, media::readUrl);
  }

  StoryAnswer story(VideoStory story) {
    return StoryAnswer.of(story, media::readUrl);
  }

  LegacyStory legacy(UserStories.Item item) {
    JobView job = item.job();
    boolean waits = job != null && job.state().shown().equals("queued");
    return LegacyStory.of(item, job != null && waits ? place(job) : null, media::readUrl);
  }

  /** The internal states of the API's word; none for no word. */
  static List<JobState> states(@Nullable String shown) {
    return shown == null
        ? List.of()
        : Arrays.stream(JobState.values()).filter(state -> state.shown().equals(shown)).toList();
  }

  QueueLoad load() {
    Map<String, Object> node;
    try {
      node = nodes.read("queue/system");
    } catch (RealtimeException e) {
      throw new Failure.Unavailable(NEXT_SYNC, e);
    }
    if (node.isEmpty()) {
      throw new Failure.Unavailable(NEXT_SYNC, null);
    }
    return new QueueLoad(
        number(node, "pending"),
        number(node, "running"),
        number(node, "capacity"),
        new JobAnswer.Eta(number(node, "etaP50Seconds"), number(node, "etaP90Seconds")));
  }

  private JobAnswer.@Nullable Place place(JobView job) {
    try {
      var node = nodes.read("queue/users/" + job.uid() + "/jobs/" + job.jobId());
      if (!job.state().shown().equals(node.get("state"))) {
        return null; // the projection has not caught up yet: better no place than a wrong one
      }
      boolean estimated = node.containsKey("etaP50Seconds") && node.containsKey("etaP90Seconds");
      return new JobAnswer.Place(
          node.get("position") instanceof Number position ? position.intValue() : null,
          Boolean.TRUE.equals(node.get("positionExact")),
          estimated
              ? new JobAnswer.Eta(number(node, "etaP50Seconds"), number(node, "etaP90Seconds"))
              : null);
    } catch (RealtimeException e) {
      LOG.warn("place.unknown", "job", job.jobId());
      return null;
    }
  }

  private static long number(Map<String, Object> node, String field) {
    return node.get(field) instanceof Number number ? number.longValue() : 0;
  }
}
