package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Writes packets into a media file and gives its bytes. */
final class Muxer implements AutoCloseable {
  private final Native.ScratchFile file = Native.ScratchFile.empty(".media");
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);

  Muxer(String formatName) {
    Native.ready();
    try {
      Native.check(
          avformat_alloc_output_context2(format, (AVOutputFormat) null, formatName, file.name()),
          formatName);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  AVStream addStream() {
    return avformat_new_stream(format, (AVCodec) null);
  }

  /** Writes the head; the streams are described by then. */
  void start(String flags) {
    Native.check(avio_open(io, file.name(), AVIO_FLAG_WRITE), "scratch file");
    format.pb(io);
    AVDictionary options = new AVDictionary(null);
    if (!flags.isEmpty()) {
      av_dict_set(options, "movflags", flags, 0);
    }
    try {
      Native.check(avformat_write_header(format, options), "head of the file");
    } finally {
      av_dict_free(options);
    }
  }

  /** Takes the packet's content; its times are in its stream's time base. */
  void write(AVPacket packet) {
    Native.check(av_interleaved_write_frame(format, packet), "packet");
  }

  byte[] finish() {
    Native.check(av_write_trailer(format), "end of the file");
    avio_closep(io);
    return file.content();
  }

  @Override
  public void close() {
    if (!io.isNull()) {
      avio_closep(io);
    }
    avformat_free_context(format);
    file.close();
  }
}
