package app.infinitestories.film;

import java.awt.image.BufferedImage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one stretch of the film: a scene, the title card or the end card. Every film frame is drawn
 * and encoded once; a few frames are in memory at a time. Instances are stateless.
 */
public final class SceneCut {
  public static final Duration TITLE_LENGTH = Duration.ofSeconds(3);
  public static final Duration END_LENGTH = Duration.ofMillis(3500);

  /** Stands for the frame to fade from where there is none. */
  private static final byte[] HARD_CUT = new byte[0];

  private static final int FADE_FRAMES = FilmFormat.FRAMES_PER_SECOND / 2;
  private static final long MAX_PIXELS = 40_000_000;
  private static final Duration DARK_AT_END = Duration.ofMillis(750);

  /**
   * A scene exactly as long as its narration. With clips: the clips one after another, then a slow
   * push-in on their last frame; without: a gentle move over the picture.
   *
   * @throws UnreadableMedia if the picture or a clip cannot be read; without the clips the scene
   *     can still be cut
   */
  public Segment scene(Scene scene) {
    int frames = frames(scene.startSample(), scene.narration());
    try (Shots shots =
        scene.clips().isEmpty() ? still(scene, frames) : new ClipShots(scene.clips())) {
      return cut(shots, scene.narration(), scene.startSample(), scene.fadeFrom());
    }
  }

  /** The first three seconds of the film; {@code dedication} may be blank. */
  public Segment titleCard(String title, String dedication, byte[] picture) {
    SpokenAudio silence = SpokenAudio.silence(TITLE_LENGTH);
    int frames = frames(0, silence);
    return cut(new Card(title, dedication, read(picture), frames, 0), silence, 0, HARD_CUT);
  }

  /** Three and a half seconds at the end, that go dark. */
  public Segment endCard(String text, byte[] picture, long startSample, byte[] fadeFrom) {
    return endCard(text, picture, startSample, fadeFrom, END_LENGTH);
  }

  /** An end that lasts longer, for a film that would be too short. */
  public Segment endCard(
      String text, byte[] picture, long startSample, byte[] fadeFrom, Duration length) {
    SpokenAudio silence = SpokenAudio.silence(length);
    int frames = frames(startSample, silence);
    int dark = (int) (DARK_AT_END.toMillis() * FilmFormat.FRAMES_PER_SECOND / 1000);
    return cut(new Card(text, "", read(picture), frames, dark), silence, startSample, fadeFrom);
  }

  /** The picture as a JPEG of 1280x720, to show before the film plays. */
  public byte[] poster(byte[] picture) {
    try (Scaler scaler = new Scaler()) {
      Yuv frame = Yuv.ofFilm();
      scaler.cover(read(picture), frame);
      return PictureReader.jpeg(scaler.toImage(frame));
    }
  }

  private static Shots still(Scene scene, int frames) {
    try (Scaler scaler = new Scaler()) {
      Yuv stage = new Yuv(StillShot.STAGE_WIDTH, StillShot.STAGE_HEIGHT);
      scaler.cover(read(scene.picture()), stage);
      return new StillShot(stage, scene.index(), frames);
    }
  }

  private static Segment cut(Shots shots, SpokenAudio sound, long startSample, byte[] fadeFrom) {
    int frames = frames(startSample, sound);
    if (frames == 0) {
      throw new IllegalArgumentException("a segment must be at least a frame long");
    }
    Yuv frame = Yuv.ofFilm();
    try (SegmentWriter writer = new SegmentWriter();
        Scaler scaler = new Scaler()) {
      @Nullable Yuv before = null;
      if (fadeFrom.length > 0) {
        before = Yuv.ofFilm();
        scaler.cover(read(fadeFrom), before);
      }
      int fade = Math.min(FADE_FRAMES, frames / 2);
      int heard = 0;
      for (int i = 0; i < frames; i++) {
        shots.next(frame);
        if (before != null && i < fade) {
          frame.mixWith(before, (i + 1.0) / (fade + 1));
        }
        writer.write(frame);
        int until = Math.min(sound.length(), (i + 1) * FilmFormat.SAMPLES_PER_FRAME);
        writer.write(sound.samples(), heard, until);
        heard = until;
      }
      writer.write(sound.samples(), heard, sound.length());
      byte[] lastFrame = PictureReader.png(scaler.toImage(frame));
      return new Segment(writer.finish(), lastFrame, frames, sound.length(), startSample);
    }
  }

  /** From the film frame nearest to the start to the one nearest to the end. */
  private static int frames(long startSample, SpokenAudio sound) {
    return FilmFormat.frameAt(startSample + sound.length()) - FilmFormat.frameAt(startSample);
  }

  private static BufferedImage read(byte[] picture) {
    return PictureReader.read(picture, MAX_PIXELS, StillShot.STAGE_WIDTH);
  }
}
