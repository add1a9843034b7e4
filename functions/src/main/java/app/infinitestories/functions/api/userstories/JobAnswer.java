package app.infinitestories.functions.api.userstories;

import app.infinitestories.queue.JobView;
import app.infinitestories.userstories.ScriptDraft;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job as its owner sees it. */
record JobAnswer(
    String id,
    String state,
    @Nullable String step,
    int progress,
    @Nullable Integer position,
    @Nullable Boolean positionExact,
    @Nullable Eta eta,
    int attempts,
    @Nullable Problem error,
    @Nullable Script script,
    List<Preview> previews,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String storyId) {

  /** Seconds until it is done: half of the time at most p50, nine times in ten at most p90. */
  record Eta(long p50Seconds, long p90Seconds) {}

  /** Why it failed; the message is for the parent. */
  record Problem(String code, String message) {}

  /** A painted scene. */
  record Preview(int scene, String imageUrl) {}

  /** What the parent is asked to approve. */
  record Script(String title, List<ScriptLine> scenes) {
    private static @Nullable Script of(@Nullable ScriptDraft draft) {
      return draft == null
          ? null
          : new Script(
              draft.title(),
              draft.scenes().stream()
                  .map(scene -> new ScriptLine(scene.index(), scene.text()))
                  .toList());
    }
  }

  /** One scene of it. */
  record ScriptLine(int index, String text) {}

  /** The answer of routes that give one job. */
  record JobEnvelope(JobAnswer job) {
    /**
     * A job that was just put in line: its place is not projected yet, its pictures are not told.
     */
    static JobEnvelope accepted(JobView job) {
      return new JobEnvelope(
          JobAnswer.of(job.withoutPreviews(), null, null, path -> URI.create(path)));
    }
  }

  static JobAnswer of(
      JobView job,
      @Nullable Place place,
      @Nullable ScriptDraft draft,
      Function<String, URI> readUrl) {
    var error = job.error();
    return new JobAnswer(
        job.jobId(),
        job.state().shown(),
        job.step(),
        job.progress(),
        place == null ? null : place.position(),
        (place == null || place.position() == null) ? null : place.exact(),
        place == null ? null : place.eta(),
        job.attempts(),
        error == null ? null : new Problem(error.code(), error.message()),
        Script.of(draft),
        job.previews().stream()
            .map(shown -> new Preview(shown.scene(), readUrl.apply(shown.path()).toString()))
            .toList(),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        job.storyId());
  }

  /** A job's place in the line and when it will be done. */
  record Place(@Nullable Integer position, boolean exact, @Nullable Eta eta) {}
}
