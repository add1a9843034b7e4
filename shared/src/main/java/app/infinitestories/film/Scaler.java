package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ABGR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** Scales, crops and converts between Java pictures, decoded frames and {@link Yuv}. */
final class Scaler implements AutoCloseable {
  private @Nullable SwsContext context;

  /** Fills {@code into} with the middle of the frame; the frame is cropped on the way. */
  void cover(AVFrame frame, Yuv into) {
    long wide = (long) frame.width() * into.height;
    long high = (long) frame.height() * into.width;
    if (wide > high) {
      int kept = Math.max(2, (int) (high / into.height));
      crop(frame, (frame.width() - kept) / 2, 0);
    } else if (high > wide) {
      int kept = Math.max(2, (int) (wide / into.width));
      crop(frame, 0, (frame.height() - kept) / 2);
    }
    AVFrame scaled = allocate(AV_PIX_FMT_YUV420P, into.width, into.height);
    try {
      scale(frame, scaled);
      copyOut(scaled, 0, into.width, into.height, into.y);
      copyOut(scaled, 1, into.width / 2, into.height / 2, into.u);
      copyOut(scaled, 2, into.width / 2, into.height / 2, into.v);
    } finally {
      av_frame_free(scaled);
    }
  }

  void cover(BufferedImage picture, Yuv into) {
    AVFrame frame = allocate(AV_PIX_FMT_BGR24, picture.getWidth(), picture.getHeight());
    try {
      byte[] pixels = ((DataBufferByte) asBgr(picture).getRaster().getDataBuffer()).getData();
      copyIn(frame, 0, picture.getWidth() * 3, picture.getHeight(), pixels);
      cover(frame, into);
    } finally {
      av_frame_free(frame);
    }
  }

  /** The frame as a Java picture of the given size; its shape is not kept. */
  BufferedImage toImage(AVFrame frame, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    AVFrame scaled = allocate(AV_PIX_FMT_BGR24, width, height);
    try {
      scale(frame, scaled);
      byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      copyOut(scaled, 0, width * 3, height, pixels);
      return image;
    } finally {
      av_frame_free(scaled);
    }
  }

  /** The same with transparency, for a still that may have some. */
  BufferedImage toImageWithAlpha(AVFrame frame, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR);
    AVFrame scaled = allocate(AV_PIX_FMT_ABGR, width, height);
    try {
      scale(frame, scaled);
      byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      copyOut(scaled, 0, width * 4, height, pixels);
      return image;
    } finally {
      av_frame_free(scaled);
    }
  }

  BufferedImage toImage(Yuv picture) {
    AVFrame frame = allocate(AV_PIX_FMT_YUV420P, picture.width, picture.height);
    try {
      copyIn(frame, picture);
      return toImage(frame, picture.width, picture.height);
    } finally {
      av_frame_free(frame);
    }
  }

  /** Takes {@code left} columns and {@code top} rows from each of both sides. */
  static void crop(AVFrame frame, int left, int top) {
    int evenLeft = left & ~1;
    int evenTop = top & ~1;
    frame.crop_left(evenLeft).crop_right(evenLeft).crop_top(evenTop).crop_bottom(evenTop);
    Native.check(av_frame_apply_cropping(frame, AV_FRAME_CROP_UNALIGNED), "crop");
  }

  static AVFrame allocate(int pixelFormat, int width, int height) {
    AVFrame frame = av_frame_alloc();
    frame.format(pixelFormat).width(width).height(height);
    Native.check(av_frame_get_buffer(frame, 0), "frame memory");
    return frame;
  }

  static void copyIn(AVFrame frame, Yuv picture) {
    copyIn(frame, 0, picture.width, picture.height, picture.y);
    copyIn(frame, 1, picture.width / 2, picture.height / 2, picture.u);
    copyIn(frame, 2, picture.width / 2, picture.height / 2, picture.v);
  }

  private void scale(AVFrame from, AVFrame to) {
    Native.ready();
    context =
        sws_getCachedContext(
            context,
            from.width(),
            from.height(),
            from.format(),
            to.width(),
            to.height(),
            to.format(),
            SWS_BICUBIC | SWS_ACCURATE_RND,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    if (context == null) {
      throw new UnreadableMedia("pictures of this kind cannot be converted");
    }
    var table = sws_getCoefficients(SWS_CS_ITU709);
    int fromFull = isFullRange(from) ? 1 : 0;
    int toFull = to.format() == AV_PIX_FMT_YUV420P ? 0 : 1;
    sws_setColorspaceDetails(context, table, fromFull, table, toFull, 0, 1 << 16, 1 << 16);
    Native.check(
        sws_scale(
            context, from.data(), from.linesize(), 0, from.height(), to.data(), to.linesize()),
        "scale");
  }

  private static boolean isFullRange(AVFrame frame) {
    int format = frame.format();
    return frame.color_range() == AVCOL_RANGE_JPEG
        || format == AV_PIX_FMT_BGR24
        || (format >= AV_PIX_FMT_YUVJ420P && format <= AV_PIX_FMT_YUVJ444P);
  }

  private static void copyIn(AVFrame frame, int plane, int rowBytes, int rows, byte[] from) {
    BytePointer to = frame.data(plane);
    int stride = frame.linesize(plane);
    for (int row = 0; row < rows; row++) {
      to.position((long) row * stride).put(from, row * rowBytes, rowBytes);
    }
  }

  private static void copyOut(AVFrame frame, int plane, int rowBytes, int rows, byte[] to) {
    BytePointer from = frame.data(plane);
    int stride = frame.linesize(plane);
    for (int row = 0; row < rows; row++) {
      from.position((long) row * stride).get(to, row * rowBytes, rowBytes);
    }
  }

  private static BufferedImage asBgr(BufferedImage picture) {
    if (picture.getType() == BufferedImage.TYPE_3BYTE_BGR
        && picture.getRaster().getParent() == null) {
      return picture;
    }
    BufferedImage bgr =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = bgr.createGraphics();
    pen.setColor(java.awt.Color.WHITE);
    pen.fillRect(0, 0, bgr.getWidth(), bgr.getHeight());
    pen.drawImage(picture, 0, 0, null);
    pen.dispose();
    return bgr;
  }

  @Override
  public void close() {
    if (context != null) {
      sws_freeContext(context);
      context = null;
    }
  }
}
