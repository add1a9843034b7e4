package app.infinitestories.film;

import java.util.List;

/**
 * All that one scene of the film is cut from.
 *
 * @param index the scene's place in the film, from 0; neighbours move in different directions
 * @param picture PNG, JPEG or WebP of any size; cropped to 16:9
 * @param clips MP4 shots of any size and rate, played one after another; may be empty
 * @param narration decides how long the scene is
 * @param startSample samples of the film before this scene (title card and earlier scenes), so that
 *     rounding to whole frames never adds up
 * @param fadeFrom {@link Segment#lastFrame()} of the segment before, or empty for a hard cut
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
public record Scene(
    int index,
    byte[] picture,
    List<byte[]> clips,
    SpokenAudio narration,
    long startSample,
    byte[] fadeFrom) {
  public Scene {
    clips = List.copyOf(clips);
    if (index < 0 || startSample < 0) {
      throw new IllegalArgumentException("index and startSample must not be negative");
    }
  }
}
