package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechTest {
  private final Speech speech = new Speech();

  @Test
  void ownWavComesBackSampleBySample() {
    SpokenAudio tone = TestMedia.tone(1.2345, 440, 0.5);

    SpokenAudio decoded = speech.decode(tone.wav());

    assertTrue(Arrays.equals(tone.toArray(), decoded.toArray()));
    assertEquals(Duration.ofNanos(1_234_500_000), decoded.duration());
  }

  @ParameterizedTest
  @CsvSource({"24000,1,16", "44100,2,16", "22050,1,24", "16000,2,24", "48000,2,16", "8000,1,16"})
  void anyRateWidthAndChannelsBecome48kMono(int rate, int channels, int bits) {
    SpokenAudio decoded = speech.decode(wav(rate, channels, bits, 1.5, null));

    assertEquals(1.5, decoded.length() / 48_000.0, 0.002);
    assertEquals(400, crossings(decoded) / 2 / 1.5, 3);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "2147483647"})
  void wrongLengthOfAStreamedWavIsSeenThrough(int dataLength) {
    SpokenAudio decoded = speech.decode(wav(24_000, 1, 16, 2, dataLength));

    assertEquals(2, decoded.length() / 48_000.0, 0.002);
  }

  @Test
  void mp3IsReadAndWritten() {
    byte[] mp3 = speech.mp3(TestMedia.tone(2, 400, 0.5));

    SpokenAudio decoded = speech.decode(mp3);

    assertEquals(2, decoded.length() / 48_000.0, 0.03);
    assertEquals(400, crossings(decoded) / 2 / 2.0, 5);
  }

  @Test
  void silenceNoiseAndNothingAreRefused() {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    byte[] likeMp3 = noise.clone();
    likeMp3[0] = (byte) 0xFF;
    likeMp3[1] = (byte) 0xFB;

    assertThrows(UnreadableMedia.class, () -> speech.decode(new byte[0]));
    assertThrows(UnreadableMedia.class, () -> speech.decode(noise));
    assertThrows(UnreadableMedia.class, () -> speech.decode(likeMp3));
    assertThrows(UnreadableMedia.class, () -> speech.decode(TestMedia.silence(2).wav()));
    assertThrows(UnreadableMedia.class, () -> speech.decode(TestMedia.tone(0.01, 400, 0.5).wav()));
    assertThrows(
        UnreadableMedia.class,
        () ->
            speech.decode(
                "#EXTM3U\nhttp://127.0.0.1/".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  @Test
  void sentencesAreJoinedWithPauses() {
    SpokenAudio joined =
        SpokenAudio.join(
            List.of(TestMedia.tone(1, 400, 0.5), TestMedia.tone(0.5, 400, 0.5)),
            Duration.ofMillis(250));

    assertEquals(Duration.ofMillis(1750), joined.duration());
    assertEquals(0, joined.toArray()[48_000 + 100]);
    assertEquals(Duration.ofSeconds(3), joined.paddedTo(Duration.ofSeconds(3)).duration());
  }

  @Test
  void loudnessOfASineIsAsTheRecommendationSays() {
    // BS.1770-4: a 997 Hz sine at 0 dBFS in one channel is -3.01 LKFS; in both it is 0.
    assertEquals(-20, Loudness.integrated(List.of(TestMedia.tone(3, 997, 0.1))), 0.05);
    assertEquals(
        -20, Loudness.integrated(List.of(TestMedia.silence(3), TestMedia.tone(3, 997, 0.1))), 0.3);
    assertTrue(Double.isInfinite(Loudness.integrated(List.of(TestMedia.silence(3)))));
    assertEquals(1, Loudness.gainFor(List.of(TestMedia.silence(3))));
  }

  @Test
  void quietSpeechWithPeaksIsRaisedWithoutClipping() {
    short[] samples = TestMedia.tone(4, 300, 0.02).toArray();
    for (int i = 0; i < samples.length; i += 12_000) {
      samples[i] = 20_000;
    }
    SpokenAudio spiky = SpokenAudio.of(samples);

    SpokenAudio even = Loudness.apply(spiky, Loudness.gainFor(List.of(spiky)));

    assertEquals(-16, Loudness.integrated(List.of(even)), 0.3);
    for (short sample : even.toArray()) {
      assertTrue(Math.abs(sample) <= 0.8414 * 32_768 + 1);
    }
  }

  private static double crossings(SpokenAudio audio) {
    short[] samples = audio.toArray();
    int count = 0;
    for (int i = 1; i < samples.length; i++) {
      if ((samples[i - 1] < 0) != (samples[i] < 0)) {
        count++;
      }
    }
    return count;
  }

  /** 400 Hz, whatever the format; {@code dataLength} replaces the true length. */
  private static byte[] wav(
      int rate,
      int channels,
      int bits,
      double seconds,
      @org.jspecify.annotations.Nullable Integer dataLength) {
    int frames = (int) (rate * seconds);
    int bytes = bits / 8;
    int length = frames * channels * bytes;
    ByteBuffer out = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'R', 'I', 'F', 'F'}).putInt(dataLength == null ? 36 + length : dataLength);
    out.put(new byte[] {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '}).putInt(16);
    out.putShort((short) 1).putShort((short) channels).putInt(rate);
    out.putInt(rate * channels * bytes).putShort((short) (channels * bytes)).putShort((short) bits);
    out.put(new byte[] {'d', 'a', 't', 'a'}).putInt(dataLength == null ? length : dataLength);
    for (int i = 0; i < frames; i++) {
      int value = (int) (800_000 * Math.sin(2 * Math.PI * 400 * (i + 0.25) / rate));
      for (int c = 0; c < channels; c++) {
        int sample = bits == 16 ? value >> 8 : value;
        for (int b = 0; b < bytes; b++) {
          out.put((byte) (sample >> (8 * b)));
        }
      }
    }
    return out.array();
  }
}
