package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Clips one after another at the film's rate, then a slow push-in on the last frame of the last
 * one. Holds one decoder and one decoded frame at a time.
 */
final class ClipShots implements Shots {
  private static final String FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,matroska,webm";
  private static final double FRAME_SECONDS = 1.0 / FilmFormat.FRAMES_PER_SECOND;
  private static final double PUSH_PER_SECOND = 1.022;
  private static final double NEAREST_SHARE = 0.68;

  private final Deque<byte[]> waiting;
  private final Scaler scaler = new Scaler();
  private final Yuv current = Yuv.ofFilm();
  private final Yuv ahead = Yuv.ofFilm();
  private @Nullable Decoder decoder;
  private int shownOfClip;
  private int framesOfClip;
  private double aheadSeconds;
  private boolean hasAhead;
  private @Nullable Camera push;
  private int pushed;
  private @Nullable Letterbox letterbox;

  /** The first clip is opened at once, so that a broken one is known before anything is encoded. */
  ClipShots(List<byte[]> clips) {
    waiting = new ArrayDeque<>(clips);
    if (!openNext()) {
      close();
      throw new UnreadableMedia("a clip without pictures");
    }
  }

  @Override
  public void next(Yuv into) {
    if (push == null && !advance()) {
      push = new Camera(current);
    }
    if (push == null) {
      into.copyFrom(current);
    } else {
      pushed++;
      double share = Math.pow(PUSH_PER_SECOND, -pushed * FRAME_SECONDS);
      push.show(0.5, 0.46, Math.max(NEAREST_SHARE, share), into);
    }
  }

  /** Moves {@code current} to the next film frame; false when all clips are over. */
  private boolean advance() {
    double now = shownOfClip * FRAME_SECONDS;
    // Half a frame early is as good as late, and spares repeated frames from rounded timestamps.
    while (hasAhead && aheadSeconds <= now + FRAME_SECONDS / 2) {
      current.copyFrom(ahead);
      readAhead();
    }
    if (!hasAhead && now >= aheadSeconds - FRAME_SECONDS / 2) {
      return openNext() && advance();
    }
    shownOfClip++;
    return true;
  }

  private boolean openNext() {
    closeDecoder();
    byte[] clip = waiting.poll();
    if (clip == null) {
      return false;
    }
    decoder = new Decoder(clip, FORMATS, AVMEDIA_TYPE_VIDEO);
    shownOfClip = 0;
    framesOfClip = 0;
    aheadSeconds = 0;
    letterbox = null;
    readAhead();
    if (!hasAhead) {
      throw new UnreadableMedia("a clip without pictures");
    }
    return true;
  }

  /** Decodes one frame; at the end {@code aheadSeconds} is when the last one is over. */
  private void readAhead() {
    AVFrame frame = decoder == null ? null : decoder.next();
    if (frame == null || decoder == null) {
      hasAhead = false;
      aheadSeconds += framesOfClip > 1 ? aheadSeconds / (framesOfClip - 1) : FRAME_SECONDS;
      return;
    }
    double seconds = decoder.seconds(frame);
    aheadSeconds =
        Double.isNaN(seconds) ? framesOfClip * FRAME_SECONDS : Math.max(aheadSeconds, seconds);
    framesOfClip++;
    hasAhead = true;
    if (letterbox == null) {
      letterbox = Letterbox.of(frame);
    }
    letterbox.crop(frame);
    scaler.cover(frame, ahead);
  }

  private void closeDecoder() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }

  @Override
  public void close() {
    closeDecoder();
    scaler.close();
  }
}
