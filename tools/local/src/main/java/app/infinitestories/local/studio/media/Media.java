package app.infinitestories.local.studio.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;

/** What encoding and decoding have in common: FFmpeg kept quiet, scratch files that go away. */
final class Media {
  static {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
  }

  private Media() {}

  /** Work on a file. */
  interface FileWork<T> {
    T with(Path file) throws IOException;
  }

  /** Runs work with a scratch file: containers are written by seeking, so a stream will not do. */
  static <T> T scratch(String suffix, FileWork<T> work) {
    try {
      Path file = Files.createTempFile("studio", suffix);
      try {
        return work.with(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
