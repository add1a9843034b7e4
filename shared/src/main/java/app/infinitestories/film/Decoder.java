package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Decodes one stream of a media file, frame by frame, with one frame in memory at a time. */
final class Decoder implements AutoCloseable {
  private final Demuxer demuxer;
  private final AVCodecContext context;
  private final AVFrame frame = av_frame_alloc();
  private boolean drained;
  private int brokenPackets;

  Decoder(byte[] media, String formats, int mediaType) {
    demuxer = new Demuxer(media, formats, mediaType);
    AVCodec codec = avcodec_find_decoder(demuxer.stream().codecpar().codec_id());
    context = avcodec_alloc_context3(codec);
    try {
      if (codec == null) {
        throw new UnreadableMedia("no decoder for this stream");
      }
      Native.check(
          avcodec_parameters_to_context(context, demuxer.stream().codecpar()),
          "stream description");
      context.thread_count(1);
      Native.check(avcodec_open2(context, codec, (AVDictionary) null), "decoder");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The next frame, valid until the next call; null at the end. Broken packets are skipped. */
  @Nullable AVFrame next() {
    av_frame_unref(frame);
    while (true) {
      if (avcodec_receive_frame(context, frame) >= 0) {
        return frame;
      }
      if (drained) {
        return null;
      }
      AVPacket packet = demuxer.next();
      drained = packet == null;
      if (avcodec_send_packet(context, packet) < 0) {
        brokenPackets++;
      }
    }
  }

  /** How many packets so far could not be decoded. */
  int brokenPackets() {
    return brokenPackets;
  }

  /** Seconds from the stream's start, or NaN if the file does not say. */
  double seconds(AVFrame shown) {
    long timestamp = shown.best_effort_timestamp();
    if (timestamp == Native.NO_TIMESTAMP) {
      return Double.NaN;
    }
    long start = demuxer.stream().start_time();
    long from = start == Native.NO_TIMESTAMP ? 0 : start;
    return (timestamp - from)
        * (double) demuxer.stream().time_base().num()
        / demuxer.stream().time_base().den();
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(context);
    demuxer.close();
  }
}
