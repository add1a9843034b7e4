package app.infinitestories.film;

import app.infinitestories.film.VoiceCheck.Reason;
import app.infinitestories.film.VoiceCheck.Unusable;
import app.infinitestories.film.VoiceCheck.Usable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Turns an uploaded recording of unknown origin into clean speech, or says why it cannot be used.
 * Only sound comes through: place, device, pictures and whatever hid beside the sound stay behind.
 */
public final class VoiceIntake {
  public static final int MAX_BYTES = 10_000_000;
  public static final Duration LONGEST = Duration.ofSeconds(60);

  /** Encoders pad: a minute's recording decodes to a little more. */
  private static final Duration PADDING = Duration.ofMillis(500);

  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final byte[] EBML = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

  private final Speech speech;

  public VoiceIntake(Speech speech) {
    this.speech = speech;
  }

  /** Never throws for what is in the bytes. */
  public VoiceCheck check(byte[] upload) {
    if (upload.length == 0) {
      return new Unusable(Reason.EMPTY);
    }
    if (upload.length > MAX_BYTES) {
      return new Unusable(Reason.TOO_MANY_BYTES);
    }
    if (!isKnown(upload)) {
      return new Unusable(Reason.UNSUPPORTED_FORMAT);
    }
    try {
      return check(speech.listen(upload, LONGEST.plus(PADDING.multipliedBy(2))));
    } catch (UnreadableMedia e) {
      return new Unusable(Reason.DAMAGED);
    }
  }

  private VoiceCheck check(SpokenAudio heard) {
    Duration length = heard.duration();
    if (length.compareTo(LONGEST.plus(PADDING)) > 0) {
      return new Unusable(Reason.TOO_LONG);
    }
    if (length.compareTo(SHORTEST) < 0) {
      return new Unusable(Reason.TOO_SHORT);
    }
    return Speech.isSilent(heard)
        ? new Unusable(Reason.SILENT)
        : new Usable(speech.mp3(heard), length);
  }

  private static boolean isKnown(byte[] bytes) {
    boolean wav = has(bytes, 0, "RIFF") && has(bytes, 8, "WAVE");
    boolean mpeg =
        has(bytes, 0, "ID3")
            || (bytes.length > 1 && (bytes[0] & 255) == 0xFF && (bytes[1] & 0xE0) == 0xE0);
    return wav || mpeg || has(bytes, 4, "ftyp") || has(bytes, 0, EBML);
  }

  private static boolean has(byte[] bytes, int at, String magic) {
    return has(bytes, at, magic.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean has(byte[] bytes, int at, byte[] magic) {
    return bytes.length >= at + magic.length
        && java.util.Arrays.equals(bytes, at, at + magic.length, magic, 0, magic.length);
  }
}
