package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Joins segments into the one MP4 that is watched: every encoded picture is copied as it is, the
 * sound is brought to −16 LUFS and encoded in one go, so that no join is heard and nothing drifts.
 */
public final class FilmJoin {
  /**
   * The film: MP4 bytes with the index in front, and its loudness before AAC.
   *
   * @param frames pictures at 24 per second
   */
  @SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
  public record Film(byte[] mp4, Duration duration, int frames, double loudnessLufs) {}

  private static final String SEGMENT_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2";

  private final AVRational frameTime = new AVRational().num(1).den(FilmFormat.FRAMES_PER_SECOND);

  /**
   * Joins in the order given.
   *
   * @throws IllegalArgumentException if the segments do not follow each other without a gap, or
   *     were encoded differently
   */
  public Film join(List<Segment> segments) {
    requireInOrder(segments);
    List<SpokenAudio> parts = new ArrayList<>();
    for (Segment segment : segments) {
      parts.add(soundOf(segment));
    }
    double gain = Loudness.gainFor(parts);
    SpokenAudio sound = Loudness.apply(SpokenAudio.join(parts, Duration.ZERO), gain);
    parts.clear();
    int frames = segments.stream().mapToInt(Segment::frames).sum();
    return new Film(
        written(segments, sound), sound.duration(), frames, Loudness.integrated(List.of(sound)));
  }

  private static void requireInOrder(List<Segment> segments) {
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a film needs at least one segment");
    }
    long sample = 0;
    for (Segment segment : segments) {
      if (segment.startSample() != sample) {
        throw new IllegalArgumentException(
            "segment starts at sample %d instead of %d".formatted(segment.startSample(), sample));
      }
      sample = segment.endSample();
    }
  }

  private byte[] written(List<Segment> segments, SpokenAudio sound) {
    try (Muxer muxer = new Muxer("mp4")) {
      AVStream video = muxer.addStream();
      try (Demuxer first = pictures(segments.getFirst())) {
        Native.check(
            avcodec_parameters_copy(video.codecpar(), first.stream().codecpar()), "pictures");
        video.codecpar().codec_tag(0);
        video.time_base(frameTime);
        video.avg_frame_rate(first.stream().avg_frame_rate());
      }
      try (AudioEncoder encoder = new AudioEncoder(muxer, "aac", 2)) {
        muxer.start("+faststart");
        int frame = 0;
        int heard = 0;
        for (Segment segment : segments) {
          try (Demuxer pictures = pictures(segment)) {
            requireSameEncoding(video.codecpar(), pictures.stream().codecpar());
            for (AVPacket packet = pictures.next(); packet != null; packet = pictures.next()) {
              packet.pts(frame).dts(frame).duration(1).stream_index(video.index()).pos(-1);
              av_packet_rescale_ts(packet, frameTime, video.time_base());
              muxer.write(packet);
              frame++;
              int until = Math.min(sound.length(), frame * FilmFormat.SAMPLES_PER_FRAME);
              encoder.write(sound.samples(), heard, until);
              heard = until;
            }
          }
        }
        encoder.write(sound.samples(), heard, sound.length());
        encoder.finish();
        return muxer.finish();
      }
    }
  }

  private static Demuxer pictures(Segment segment) {
    return new Demuxer(segment.media(), SEGMENT_FORMATS, AVMEDIA_TYPE_VIDEO);
  }

  /** One MP4 track has one description: pictures encoded otherwise would not decode. */
  private static void requireSameEncoding(AVCodecParameters film, AVCodecParameters segment) {
    boolean same =
        film.extradata_size() == segment.extradata_size()
            && film.width() == segment.width()
            && film.height() == segment.height();
    for (int i = 0; same && i < film.extradata_size(); i++) {
      same = film.extradata().get(i) == segment.extradata().get(i);
    }
    if (!same) {
      throw new IllegalArgumentException("segments were encoded differently: cut them again");
    }
  }

  /** Segments keep their sound as 48 kHz mono 16 bit: its packets are the samples. */
  private static SpokenAudio soundOf(Segment segment) {
    short[] samples = new short[segment.samples()];
    int count = 0;
    try (Demuxer sound = new Demuxer(segment.media(), SEGMENT_FORMATS, AVMEDIA_TYPE_AUDIO)) {
      for (@Nullable AVPacket packet = sound.next(); packet != null; packet = sound.next()) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        int added = Math.min(bytes.length / Short.BYTES, samples.length - count);
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer()
            .get(samples, count, added);
        count += added;
      }
    }
    if (count != samples.length) {
      throw new UnreadableMedia(
          "segment sound has %d samples of %d".formatted(count, samples.length));
    }
    return SpokenAudio.owning(samples);
  }
}
