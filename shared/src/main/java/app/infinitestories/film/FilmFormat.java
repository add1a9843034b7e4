package app.infinitestories.film;

/** The one format of all films. */
final class FilmFormat {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;
  static final int FRAMES_PER_SECOND = 24;
  static final int SAMPLES_PER_FRAME = SpokenAudio.SAMPLE_RATE_HZ / FRAMES_PER_SECOND;

  private FilmFormat() {}

  /** Number of the film frame that is nearest to this sample. */
  static int frameAt(long sample) {
    return Math.toIntExact(Math.floorDiv(sample + SAMPLES_PER_FRAME / 2, (long) SAMPLES_PER_FRAME));
  }
}
