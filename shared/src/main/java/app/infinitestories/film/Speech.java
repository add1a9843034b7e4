package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.time.Duration;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.jspecify.annotations.Nullable;

/** Reads the speech that a narrator returns, whatever its format, and writes MP3 to listen to. */
public final class Speech {
  private static final String FORMATS =
      "wav,w64,mp3,flac,ogg,aac,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm";
  private static final int MAX_SAMPLES = SpokenAudio.SAMPLE_RATE_HZ * 600;
  private static final int SHORTEST_SAMPLES = SpokenAudio.SAMPLE_RATE_HZ / 20;

  /** About −60 dB: a room without a voice. */
  private static final int SILENT_BELOW = 33;

  /**
   * Decodes WAV (any width, also with the wrong length that streaming servers write), MP3, FLAC,
   * Ogg, AAC or MP4 and resamples it to 48 kHz mono.
   *
   * @throws UnreadableMedia if it is no audio, holds no voice, or is longer than ten minutes
   */
  public SpokenAudio decode(byte[] audio) {
    if (!looksLikeAudio(audio)) {
      throw new UnreadableMedia("not an audio format that is known");
    }
    SpokenAudio heard = read(audio, MAX_SAMPLES + 1);
    if (heard.length() > MAX_SAMPLES) {
      throw new UnreadableMedia("audio longer than ten minutes");
    }
    if (heard.length() < SHORTEST_SAMPLES) {
      throw new UnreadableMedia("audio shorter than 50 ms");
    }
    if (isSilent(heard)) {
      throw new UnreadableMedia("silence instead of speech");
    }
    return heard;
  }

  /**
   * The beginning of a recording, WebM as well, whatever is to be heard in it; no more than that is
   * decoded.
   *
   * @throws UnreadableMedia if it is no audio
   */
  SpokenAudio listen(byte[] recording, Duration atMost) {
    return read(recording, Math.toIntExact(SpokenAudio.samplesIn(atMost)));
  }

  /** Whether nobody is heard in it. */
  static boolean isSilent(SpokenAudio audio) {
    for (short sample : audio.samples()) {
      if (Math.abs(sample) > SILENT_BELOW) {
        return false;
      }
    }
    return true;
  }

  private static SpokenAudio read(byte[] audio, int atMost) {
    try (Decoder decoder = new Decoder(audio, FORMATS, AVMEDIA_TYPE_AUDIO)) {
      return SpokenAudio.owning(samplesOf(decoder, atMost));
    }
  }

  /** MP3 for listening: mono, 48 kHz, 128 kbit/s. */
  public byte[] mp3(SpokenAudio audio) {
    try (Muxer muxer = new Muxer("mp3");
        AudioEncoder encoder = new AudioEncoder(muxer, "libmp3lame", 1)) {
      muxer.start("");
      encoder.write(audio.samples(), 0, audio.length());
      encoder.finish();
      return muxer.finish();
    }
  }

  private static short[] samplesOf(Decoder decoder, int atMost) {
    Samples out = new Samples(atMost);
    try (Resampler resampler = new Resampler()) {
      int frames = 0;
      for (AVFrame frame = decoder.next(); frame != null && !out.isFull(); frame = decoder.next()) {
        resampler.convert(frame, out);
        frames++;
      }
      if (frames <= decoder.brokenPackets()) {
        throw new UnreadableMedia("damaged audio");
      }
      resampler.convert(null, out);
    }
    return out.toArray();
  }

  /** By its first bytes: demuxers that guess would find MP3 in any noise. */
  private static boolean looksLikeAudio(byte[] audio) {
    return startsWith(audio, 0, "RIFF")
        || startsWith(audio, 0, "ID3")
        || startsWith(audio, 0, "fLaC")
        || startsWith(audio, 0, "OggS")
        || startsWith(audio, 4, "ftyp")
        || (audio.length > 4 && (audio[0] & 255) == 0xFF && (audio[1] & 0xE0) == 0xE0);
  }

  private static boolean startsWith(byte[] bytes, int at, String magic) {
    for (int i = 0; i < magic.length(); i++) {
      if (at + i >= bytes.length || bytes[at + i] != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static final class Samples {
    private final int atMost;
    private short[] samples = new short[SpokenAudio.SAMPLE_RATE_HZ * 8];
    private int count;

    Samples(int atMost) {
      this.atMost = atMost;
    }

    boolean isFull() {
      return count >= atMost;
    }

    void add(ShortPointer from, int more) {
      int added = Math.min(more, atMost - count);
      if (count + added > samples.length) {
        samples = Arrays.copyOf(samples, Math.max(count + added, samples.length * 2));
      }
      from.get(samples, count, added);
      count += added;
    }

    short[] toArray() {
      return Arrays.copyOf(samples, count);
    }
  }

  /** To 48 kHz mono; the first frame tells from what. */
  private static final class Resampler implements AutoCloseable {
    private final SwrContext context = new SwrContext(null);
    private final AVChannelLayout mono = new AVChannelLayout();
    private int rate;
    private int format;
    private int channels;

    void convert(@Nullable AVFrame frame, Samples out) {
      int in = frame == null ? 0 : frame.nb_samples();
      if (frame != null) {
        follow(frame);
      } else if (context.isNull()) {
        return;
      }
      int room = Native.check(swr_get_out_samples(context, in), "resample") + 64;
      try (ShortPointer buffer = new ShortPointer(room);
          PointerPointer<Pointer> planes = new PointerPointer<>(1)) {
        planes.put(0, buffer);
        PointerPointer<?> input = frame == null ? null : frame.extended_data();
        out.add(buffer, Native.check(swr_convert(context, planes, room, input, in), "resample"));
      }
    }

    private void follow(AVFrame frame) {
      if (context.isNull()) {
        rate = frame.sample_rate();
        format = frame.format();
        channels = frame.ch_layout().nb_channels();
        av_channel_layout_default(mono, 1);
        int made =
            swr_alloc_set_opts2(
                context,
                mono,
                AV_SAMPLE_FMT_S16,
                SpokenAudio.SAMPLE_RATE_HZ,
                frame.ch_layout(),
                format,
                rate,
                0,
                null);
        Native.check(made, "resampler");
        Native.check(swr_init(context), "resampler");
      } else if (frame.sample_rate() != rate
          || frame.format() != format
          || frame.ch_layout().nb_channels() != channels) {
        throw new UnreadableMedia("audio that changes its format on the way");
      }
    }

    @Override
    public void close() {
      swr_free(context);
      mono.close();
    }
  }
}
