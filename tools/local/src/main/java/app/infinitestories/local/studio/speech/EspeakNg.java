package app.infinitestories.local.studio.speech;

import app.infinitestories.local.studio.media.Pcm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Spanish, French, German and Italian by the program espeak-ng, where it is installed. */
final class EspeakNg implements Engine {
  private static final int WORDS_PER_MINUTE = 150;
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  private final String command;

  EspeakNg(String command) {
    this.command = command;
  }

  @Override
  public short[] speak(String sentence, Language language, Voice voice, double pace) {
    List<String> line =
        List.of(
            command,
            "--stdout",
            "-v",
            language.code() + voice.variant(),
            "-s",
            Long.toString(Math.round(WORDS_PER_MINUTE * pace * voice.pace())),
            "--stdin");
    Process process = start(line, language);
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(sentence.getBytes(StandardCharsets.UTF_8));
      }
      byte[] wav = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw new SpeechUnavailable("espeak-ng ended with exit code " + code);
      }
      return samples(wav);
    } catch (IOException e) {
      throw new SpeechUnavailable("espeak-ng broke off; try it in a terminal", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpeechUnavailable("Interrupted while espeak-ng was speaking", e);
    } finally {
      process.destroy();
    }
  }

  private static Process start(List<String> line, Language language) {
    try {
      return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new SpeechUnavailable(
          "The offline studio speaks '%s' through espeak-ng, which is not installed on this machine. Install it (Debian, Ubuntu: apt install espeak-ng; Fedora: dnf install espeak-ng; macOS: brew install espeak-ng) or tell the story in English."
              .formatted(language.code()),
          e);
    }
  }

  /** The samples of a WAV whose lengths espeak-ng could not know when it wrote the header. */
  private static short[] samples(byte[] wav) {
    ByteBuffer buffer = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    int rate = Pcm.RATE;
    int at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= wav.length) {
      String chunk = new String(wav, at, 4, StandardCharsets.US_ASCII);
      int length = buffer.getInt(at + 4);
      if (chunk.equals("fmt ")) {
        rate = buffer.getInt(at + CHUNK_HEADER + 4);
      } else if (chunk.equals("data")) {
        buffer.position(at + CHUNK_HEADER);
        short[] samples = new short[buffer.remaining() / 2];
        buffer.asShortBuffer().get(samples);
        return Resampler.between(rate, Pcm.RATE).apply(samples);
      }
      at += CHUNK_HEADER + length;
    }
    return new short[0];
  }
}
