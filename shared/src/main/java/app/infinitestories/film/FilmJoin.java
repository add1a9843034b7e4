package app.infinitestories.film;

import java.time.Duration;
import java.util.List;

/** Joins segments into the one MP4 that is watched. */
public final class FilmJoin {
  /** The film: MP4 bytes with its index in front. */
  @SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
  public record Film(byte[] mp4, Duration duration, int frames, double loudnessLufs) {}

  /**
   * Joins in the order given.
   *
   * @throws IllegalArgumentException if the segments do not follow each other
   */
  public Film join(List<Segment> segments) {
    return Pending.value();
  }
}
