package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_make_error_string;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;

/** What every use of FFmpeg needs: silence on standard error, return codes read, scratch files. */
final class Native {
  static final long NO_TIMESTAMP = Long.MIN_VALUE;
  private static final int MESSAGE_BYTES = 128;

  static {
    av_log_set_level(AV_LOG_QUIET);
  }

  private Native() {}

  /** Loads the libraries and silences them; further calls cost nothing. */
  static void ready() {
    // the class initialiser has done it
  }

  /** Returns the code if it is not an error. */
  static int check(int code, String what) {
    if (code < 0) {
      throw new UnreadableMedia(what + ": " + message(code));
    }
    return code;
  }

  static String message(int code) {
    try (BytePointer buffer = new BytePointer(MESSAGE_BYTES)) {
      return av_make_error_string(buffer, MESSAGE_BYTES, code).getString();
    }
  }

  /** A file of its own that is gone when closed. FFmpeg seeks, so a stream would not do. */
  static final class ScratchFile implements AutoCloseable {
    private final Path path;

    private ScratchFile(Path path) {
      this.path = path;
    }

    static ScratchFile empty(String suffix) {
      try {
        return new ScratchFile(Files.createTempFile("film", suffix));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static ScratchFile of(byte[] content) {
      ScratchFile file = empty(".media");
      try {
        Files.write(file.path, content);
        return file;
      } catch (IOException e) {
        file.close();
        throw new UncheckedIOException(e);
      }
    }

    String name() {
      return path.toString();
    }

    byte[] content() {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
