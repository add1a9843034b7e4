package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Encodes film frames and writes them beside their sound. All segments get equal parameter sets.
 */
final class SegmentWriter implements AutoCloseable {
  private static final int VIDEO_BITS_PER_SECOND = 2_600_000;
  private static final int KEY_FRAME_EVERY = 2 * FilmFormat.FRAMES_PER_SECOND;

  private final Muxer muxer = new Muxer("mov");
  private final AVFrame frame =
      Scaler.allocate(AV_PIX_FMT_YUV420P, FilmFormat.WIDTH, FilmFormat.HEIGHT);
  private final AVPacket packet = av_packet_alloc();
  private final AVCodecContext encoder;
  private final AVRational frameTime = new AVRational().num(1).den(FilmFormat.FRAMES_PER_SECOND);
  private final AVRational sampleTime = new AVRational().num(1).den(SpokenAudio.SAMPLE_RATE_HZ);
  private final AVStream video;
  private final AVStream audio;
  private int framesWritten;
  private int samplesWritten;

  SegmentWriter() {
    Native.ready();
    AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
    encoder = avcodec_alloc_context3(codec);
    try {
      openEncoder(codec);
      video = muxer.addStream();
      Native.check(avcodec_parameters_from_context(video.codecpar(), encoder), "video stream");
      video.time_base(frameTime);
      video.avg_frame_rate(encoder.framerate());
      audio = muxer.addStream();
      audio.codecpar().codec_type(AVMEDIA_TYPE_AUDIO).codec_id(AV_CODEC_ID_PCM_S16LE);
      audio.codecpar().format(AV_SAMPLE_FMT_S16).sample_rate(SpokenAudio.SAMPLE_RATE_HZ);
      audio.codecpar().bits_per_coded_sample(Short.SIZE).block_align(Short.BYTES);
      av_channel_layout_default(audio.codecpar().ch_layout(), 1);
      audio.time_base(sampleTime);
      muxer.start("");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void openEncoder(AVCodec codec) {
    encoder.width(FilmFormat.WIDTH).height(FilmFormat.HEIGHT).pix_fmt(AV_PIX_FMT_YUV420P);
    encoder.time_base(frameTime);
    encoder.framerate(new AVRational().num(FilmFormat.FRAMES_PER_SECOND).den(1));
    encoder.bit_rate(VIDEO_BITS_PER_SECOND).rc_max_rate(VIDEO_BITS_PER_SECOND * 2L);
    encoder.gop_size(KEY_FRAME_EVERY).max_b_frames(0);
    encoder.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_BT709);
    encoder.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    // The number of slices follows the number of threads; fixed, so that any machine's segments
    // fit.
    encoder.thread_count(2);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "allow_skip_frames", "0", 0);
    av_dict_set(options, "rc_mode", "bitrate", 0);
    av_dict_set(options, "coder", "cabac", 0);
    av_dict_set(options, "profile", "high", 0);
    try {
      Native.check(avcodec_open2(encoder, codec, options), "H.264 encoder");
    } finally {
      av_dict_free(options);
    }
  }

  /** Writes the next film frame. */
  void write(Yuv picture) {
    Native.check(av_frame_make_writable(frame), "frame");
    Scaler.copyIn(frame, picture);
    frame.pts(framesWritten++);
    Native.check(avcodec_send_frame(encoder, frame), "encode");
    drain();
  }

  /** Writes the samples from {@code from} to {@code to}, that follow the ones before. */
  void write(short[] samples, int from, int to) {
    if (to <= from) {
      return;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate((to - from) * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples, from, to - from);
    Native.check(av_new_packet(packet, bytes.capacity()), "sound memory");
    packet.data().put(bytes.array());
    packet.pts(samplesWritten).dts(samplesWritten).duration(to - from);
    packet.flags(AV_PKT_FLAG_KEY).stream_index(audio.index());
    av_packet_rescale_ts(packet, sampleTime, audio.time_base());
    muxer.write(packet);
    samplesWritten += to - from;
  }

  byte[] finish() {
    Native.check(avcodec_send_frame(encoder, (@Nullable AVFrame) null), "end of pictures");
    drain();
    return muxer.finish();
  }

  private void drain() {
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      packet.stream_index(video.index()).duration(1);
      av_packet_rescale_ts(packet, frameTime, video.time_base());
      muxer.write(packet);
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(encoder);
    muxer.close();
  }
}
