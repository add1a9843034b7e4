package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
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
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
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

/** Encodes mono speech to one stream of a file, the same on each channel. */
final class AudioEncoder implements AutoCloseable {
  private static final int BITS_PER_SECOND = 128_000;

  private final Muxer muxer;
  private final AVCodecContext encoder;
  private final AVStream stream;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final AVRational sampleTime = new AVRational().num(1).den(SpokenAudio.SAMPLE_RATE_HZ);
  private final int channels;
  private final float[] pending;
  private int pendingSamples;
  private long samplesSent;

  AudioEncoder(Muxer muxer, String codecName, int channels) {
    this.muxer = muxer;
    this.channels = channels;
    AVCodec codec = avcodec_find_encoder_by_name(codecName);
    encoder = avcodec_alloc_context3(codec);
    try {
      encoder.sample_fmt(AV_SAMPLE_FMT_FLTP).sample_rate(SpokenAudio.SAMPLE_RATE_HZ);
      encoder.time_base(sampleTime);
      encoder.bit_rate(BITS_PER_SECOND).flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
      av_channel_layout_default(encoder.ch_layout(), channels);
      Native.check(avcodec_open2(encoder, codec, (AVDictionary) null), codecName);
      frame.format(AV_SAMPLE_FMT_FLTP).nb_samples(encoder.frame_size());
      frame.sample_rate(SpokenAudio.SAMPLE_RATE_HZ);
      Native.check(av_channel_layout_copy(frame.ch_layout(), encoder.ch_layout()), "layout");
      Native.check(av_frame_get_buffer(frame, 0), "sound memory");
      stream = muxer.addStream();
      Native.check(avcodec_parameters_from_context(stream.codecpar(), encoder), "sound stream");
      stream.time_base(sampleTime);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    pending = new float[encoder.frame_size()];
  }

  /** Encodes the samples from {@code from} to {@code to}, that follow the ones before. */
  void write(short[] samples, int from, int to) {
    for (int at = from; at < to; at++) {
      pending[pendingSamples++] = samples[at] / 32768f;
      if (pendingSamples == pending.length) {
        flushPending();
      }
    }
  }

  void finish() {
    if (pendingSamples > 0) {
      flushPending();
    }
    Native.check(avcodec_send_frame(encoder, (@Nullable AVFrame) null), "end of sound");
    drain();
  }

  private void flushPending() {
    Native.check(av_frame_make_writable(frame), "sound frame");
    ByteBuffer bytes =
        ByteBuffer.allocate(pendingSamples * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(pending, 0, pendingSamples);
    for (int channel = 0; channel < channels; channel++) {
      frame.data(channel).put(bytes.array());
    }
    frame.nb_samples(pendingSamples).pts(samplesSent);
    samplesSent += pendingSamples;
    pendingSamples = 0;
    Native.check(avcodec_send_frame(encoder, frame), "encode sound");
    drain();
  }

  private void drain() {
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      packet.stream_index(stream.index());
      av_packet_rescale_ts(packet, sampleTime, stream.time_base());
      muxer.write(packet);
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(encoder);
  }
}
