package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Pictures, tones and films for tests, and eyes to look at what was made of them. */
final class TestMedia {
  private TestMedia() {}

  static BufferedImage picture(int seed, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.CYAN, 0, height, Color.ORANGE));
    pen.fillRect(0, 0, width, height);
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      pen.setColor(new Color(random.nextInt(0x1000000)));
      double size = width * (0.03 + random.nextDouble() * 0.08);
      pen.fill(
          new Ellipse2D.Double(
              random.nextInt(width) - size / 2, random.nextInt(height) - size / 2, size, size));
    }
    pen.dispose();
    return image;
  }

  static BufferedImage plain(Color colour, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    pen.setColor(colour);
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return image;
  }

  static byte[] webp(BufferedImage picture) {
    Yuv planes = new Yuv(picture.getWidth(), picture.getHeight());
    try (Scaler scaler = new Scaler()) {
      scaler.cover(picture, planes);
    }
    AVCodec codec = avcodec_find_encoder_by_name("libwebp");
    AVCodecContext encoder = avcodec_alloc_context3(codec);
    AVFrame frame = Scaler.allocate(AV_PIX_FMT_YUV420P, planes.width, planes.height);
    AVPacket packet = av_packet_alloc();
    try {
      encoder.width(planes.width).height(planes.height).pix_fmt(AV_PIX_FMT_YUV420P);
      encoder.time_base(new AVRational().num(1).den(1));
      Native.check(avcodec_open2(encoder, codec, (AVDictionary) null), "WebP encoder");
      Scaler.copyIn(frame, planes);
      Native.check(avcodec_send_frame(encoder, frame), "WebP");
      Native.check(avcodec_receive_packet(encoder, packet), "WebP");
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(encoder);
    }
  }

  static SpokenAudio tone(double seconds, double hertz, double amplitude) {
    short[] samples = new short[(int) Math.round(seconds * SpokenAudio.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double phase = 2 * Math.PI * hertz * i / SpokenAudio.SAMPLE_RATE_HZ;
      samples[i] = (short) (amplitude * Short.MAX_VALUE * Math.sin(phase));
    }
    return SpokenAudio.of(samples);
  }

  static SpokenAudio silence(double seconds) {
    return SpokenAudio.silence(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** A playable MP4 of a picture in motion. */
  static byte[] clip(BufferedImage picture, double seconds) {
    Segment segment =
        new SceneCut()
            .scene(
                new Scene(
                    0,
                    PictureReader.png(picture),
                    List.of(),
                    tone(seconds, 300, 0.1),
                    0,
                    new byte[0]));
    return new FilmJoin().join(List.of(segment)).mp4();
  }

  /** A film frame: when it is shown, its luma at 160x90 and the colour of its middle. */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared as a whole
  record Look(double seconds, byte[] luma, int red, int green, int blue) {
    double differenceTo(Look other) {
      long sum = 0;
      for (int i = 0; i < luma.length; i++) {
        sum += Math.abs((luma[i] & 255) - (other.luma[i] & 255));
      }
      return (double) sum / luma.length;
    }
  }

  static List<Look> look(byte[] mp4) {
    List<Look> looks = new ArrayList<>();
    try (Decoder decoder = new Decoder(mp4, "mov,mp4,m4a,3gp,3g2,mj2", AVMEDIA_TYPE_VIDEO);
        Scaler scaler = new Scaler()) {
      Yuv small = new Yuv(160, 90);
      for (AVFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
        if (frame.width() != 1280 || frame.height() != 720) {
          throw new AssertionError("not 1280x720");
        }
        double seconds = decoder.seconds(frame);
        int middle = scaler.toImage(frame, 16, 9).getRGB(8, 4);
        scaler.cover(frame, small);
        looks.add(
            new Look(
                seconds, small.y.clone(), middle >> 16 & 255, middle >> 8 & 255, middle & 255));
      }
    }
    return looks;
  }
}
