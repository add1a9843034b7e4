package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/** Reads the packets of one stream of a media file. Opens no other file and no network address. */
final class Demuxer implements AutoCloseable {
  private final Native.ScratchFile file;
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVPacket packet = av_packet_alloc();
  private final int streamIndex;

  /**
   * Opens the media and finds its best stream of the kind.
   *
   * @param formats names of FFmpeg demuxers that may read it, comma separated: a playlist format
   *     would open what the bytes tell it to
   */
  Demuxer(byte[] media, String formats, int mediaType) {
    Native.ready();
    file = Native.ScratchFile.of(media);
    AVDictionary options = new AVDictionary(null);
    try {
      av_dict_set(options, "protocol_whitelist", "file", 0);
      av_dict_set(options, "format_whitelist", formats, 0);
      Native.check(avformat_open_input(format, file.name(), null, options), "no such media");
      Native.check(
          avformat_find_stream_info(format, (AVDictionary) null), "no stream could be read");
      streamIndex =
          Native.check(
              av_find_best_stream(format, mediaType, -1, -1, (AVCodec) null, 0),
              "no stream of this kind");
    } catch (RuntimeException e) {
      close();
      throw e;
    } finally {
      av_dict_free(options);
    }
  }

  AVStream stream() {
    return format.streams(streamIndex);
  }

  /** The next packet of the stream, valid until the next call; null at the end. */
  @Nullable AVPacket next() {
    av_packet_unref(packet);
    while (av_read_frame(format, packet) >= 0) {
      if (packet.stream_index() == streamIndex) {
        return packet;
      }
      av_packet_unref(packet);
    }
    return null;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(format);
    file.close();
  }
}
