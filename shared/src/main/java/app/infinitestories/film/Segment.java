package app.infinitestories.film;

import java.time.Duration;

/**
 * A finished stretch of the film: H.264 pictures beside uncompressed sound, so that {@link
 * FilmJoin} copies every picture and encodes the sound once, without a seam.
 *
 * @param media QuickTime bytes; keep them between steps as they are
 * @param lastFrame PNG 1280x720 for the next segment to fade from
 * @param frames pictures at 24 per second
 * @param samples sound at 48 kHz
 * @param startSample samples of the film before this segment
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
public record Segment(byte[] media, byte[] lastFrame, int frames, int samples, long startSample) {

  /** Where the next segment starts: its {@code startSample}. */
  public long endSample() {
    return startSample + samples;
  }

  /** Length of the sound, exact to the sample. */
  public Duration duration() {
    return SpokenAudio.durationOf(samples);
  }
}
