package app.infinitestories.local.studio.runway;

import app.infinitestories.local.studio.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One clip on its way from PENDING to an end. Guarded by the board that holds it. */
final class ClipTask {

  /** How the task is meant to go. */
  enum Fate {
    SUCCEED,
    STAY_RUNNING,
    START_LATE,
    FAIL,
    FAIL_UNSAFE
  }

  /** The states that Runway tells. */
  enum State {
    PENDING,
    THROTTLED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    boolean isEnd() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
  }

  final String id;
  final ClipOrder order;
  final Instant created;
  final Future<byte[]> film;
  private final Fate fate;
  private final Latency latency;
  private State state = State.PENDING;
  private @Nullable Instant started;

  ClipTask(
      String id,
      ClipOrder order,
      Instant created,
      Future<byte[]> film,
      Fate fate,
      Latency latency) {
    this.id = id;
    this.order = order;
    this.created = created;
    this.film = film;
    this.fate = fate;
    this.latency = latency;
  }

  State state() {
    return state;
  }

  /** Moves on as far as the time and the room on the board allow. */
  void advance(Instant now, boolean room) {
    if (state == State.PENDING || state == State.THROTTLED) {
      Duration waited = Duration.between(created, now);
      boolean late = fate == Fate.START_LATE && waited.compareTo(latency.clipThrottled()) < 0;
      if (waited.compareTo(latency.clipPending()) >= 0) {
        state = room && !late ? State.RUNNING : State.THROTTLED;
        started = state == State.RUNNING ? now : null;
      }
    }
    if (state == State.RUNNING && fate != Fate.STAY_RUNNING && isOver(now)) {
      state =
          fate == Fate.FAIL || fate == Fate.FAIL_UNSAFE || film.state() != Future.State.SUCCESS
              ? State.FAILED
              : State.SUCCEEDED;
    }
  }

  private boolean isOver(Instant now) {
    boolean doomed = fate == Fate.FAIL || fate == Fate.FAIL_UNSAFE;
    return ran(now).compareTo(latency.clipRunning()) >= 0 && (doomed || film.isDone());
  }

  /** From 0 to just under 1. */
  double progress(Instant now) {
    double expected = Math.max(1, latency.clipRunning().toMillis());
    return Math.min(0.98, Math.round(100 * ran(now).toMillis() / expected) / 100.0);
  }

  String failureCode() {
    return fate == Fate.FAIL_UNSAFE ? "SAFETY.INPUT.IMAGE" : "INTERNAL.BAD_OUTPUT.CODE01";
  }

  String failure() {
    return fate == Fate.FAIL_UNSAFE
        ? "The input image was rejected by content moderation."
        : "An unexpected error occurred while making the clip.";
  }

  void cancel() {
    state = State.CANCELLED;
    film.cancel(true);
  }

  private Duration ran(Instant now) {
    return started == null ? Duration.ZERO : Duration.between(started, now);
  }
}
