package app.infinitestories.local.studio.media;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameRecorder;

/** Turns sound into the formats that the speech endpoint offers, and any audio file into sound. */
public final class AudioCodec {
  private static final int BIT_RATE = 96_000;

  private AudioCodec() {}

  /** Format names as the speech endpoint has them. */
  public enum Format {
    MP3("audio/mpeg", "mp3", "libmp3lame", avutil.AV_SAMPLE_FMT_S16P),
    OPUS("audio/opus", "ogg", "libopus", avutil.AV_SAMPLE_FMT_S16),
    AAC("audio/aac", "adts", "aac", avutil.AV_SAMPLE_FMT_FLTP),
    FLAC("audio/flac", "flac", "flac", avutil.AV_SAMPLE_FMT_S16),
    WAV("audio/wav", "wav", "", 0),
    PCM("audio/pcm", "", "", 0);

    private final String mediaType;
    private final String container;
    private final String codec;
    private final int sampleFormat;

    Format(String mediaType, String container, String codec, int sampleFormat) {
      this.mediaType = mediaType;
      this.container = container;
      this.codec = codec;
      this.sampleFormat = sampleFormat;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  public static byte[] encode(Pcm pcm, Format format) {
    return switch (format) {
      case WAV -> pcm.wav();
      case PCM -> pcm.raw();
      case MP3, OPUS, AAC, FLAC -> compressed(pcm, format);
    };
  }

  /** The sound in an audio file, or empty if there is none that can be decoded. */
  public static Optional<Pcm> decode(byte[] file) {
    return Media.scratch(
        ".audio",
        path -> {
          Files.write(path, file);
          try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(path.toFile())) {
            grabber.setSampleMode(FrameGrabber.SampleMode.SHORT);
            grabber.setSampleFormat(avutil.AV_SAMPLE_FMT_S16);
            grabber.setSampleRate(Pcm.RATE);
            grabber.setAudioChannels(1);
            grabber.start();
            return samples(grabber);
          } catch (FrameGrabber.Exception e) {
            return Optional.empty();
          }
        });
  }

  private static Optional<Pcm> samples(FFmpegFrameGrabber grabber) throws FrameGrabber.Exception {
    List<short[]> chunks = new ArrayList<>();
    int total = 0;
    for (Frame frame = grabber.grabSamples(); frame != null; frame = grabber.grabSamples()) {
      for (Buffer buffer : frame.samples) {
        if (buffer instanceof ShortBuffer shorts) {
          short[] chunk = new short[shorts.remaining()];
          shorts.get(chunk);
          chunks.add(chunk);
          total += chunk.length;
        }
      }
    }
    short[] all = new short[total];
    int at = 0;
    for (short[] chunk : chunks) {
      System.arraycopy(chunk, 0, all, at, chunk.length);
      at += chunk.length;
    }
    return total == 0 ? Optional.empty() : Optional.of(new Pcm(all));
  }

  private static byte[] compressed(Pcm pcm, Format format) {
    return Media.scratch(
        "." + format.container,
        path -> {
          try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(path.toFile(), 1)) {
            recorder.setFormat(format.container);
            recorder.setAudioCodecName(format.codec);
            recorder.setSampleRate(Pcm.RATE);
            recorder.setSampleFormat(format.sampleFormat);
            recorder.setAudioBitrate(BIT_RATE);
            recorder.start();
            recorder.recordSamples(Pcm.RATE, 1, ShortBuffer.wrap(pcm.samples()));
          } catch (FrameRecorder.Exception e) {
            throw new IOException("FFmpeg cannot encode " + format, e);
          }
          return Files.readAllBytes(path);
        });
  }
}
