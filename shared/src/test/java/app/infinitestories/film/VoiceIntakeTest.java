package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import app.infinitestories.film.VoiceCheck.Reason;
import app.infinitestories.film.VoiceCheck.Unusable;
import app.infinitestories.film.VoiceCheck.Usable;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceIntakeTest {
  private final VoiceIntake intake = new VoiceIntake(new Speech());

  @ParameterizedTest
  @CsvSource({"wav,", "mp3,libmp3lame", "mp4,aac", "webm,libopus"})
  void whatPhonesRecordBecomesCleanSpeech(String format, String codec) {
    SpokenAudio tone = TestMedia.tone(2, 400, 0.5);
    byte[] recording = codec == null ? tone.wav() : encoded(tone, format, codec);

    Usable usable = assertInstanceOf(Usable.class, intake.check(recording), format);

    assertEquals(2, usable.length().toMillis() / 1000.0, 0.1);
    assertEquals(2, new Speech().decode(usable.mp3()).length() / 48_000.0, 0.15);
  }

  @Test
  void whatIsWrongHasAName() {
    assertEquals(Reason.EMPTY, reason(new byte[0]));
    assertEquals(Reason.TOO_MANY_BYTES, reason(new byte[VoiceIntake.MAX_BYTES + 1]));
    assertEquals(Reason.UNSUPPORTED_FORMAT, reason(new byte[1_000]));
    assertEquals(Reason.TOO_LONG, reason(TestMedia.tone(61, 400, 0.5).wav()));
    assertEquals(Reason.TOO_SHORT, reason(TestMedia.tone(0.3, 400, 0.5).wav()));
    assertEquals(Reason.SILENT, reason(TestMedia.silence(2).wav()));
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3}, 0, noise, 0, 4);
    assertEquals(Reason.DAMAGED, reason(noise));
  }

  @Test
  void aVeryLongRecordingIsNotDecodedToItsEnd() {
    byte[] mp3 = new Speech().mp3(TestMedia.tone(120, 400, 0.5));

    assertEquals(Reason.TOO_LONG, reason(mp3));
    assertEquals(Reason.TOO_LONG, reason(Arrays.copyOf(mp3, mp3.length * 9 / 10)));
  }

  private Reason reason(byte[] recording) {
    return assertInstanceOf(Unusable.class, intake.check(recording)).reason();
  }

  private static byte[] encoded(SpokenAudio audio, String format, String codec) {
    try (Muxer muxer = new Muxer(format);
        AudioEncoder encoder = new AudioEncoder(muxer, codec, 1)) {
      muxer.start("");
      encoder.write(audio.samples(), 0, audio.length());
      encoder.finish();
      return muxer.finish();
    }
  }
}
