package app.infinitestories.local.studio.media;

import app.infinitestories.local.studio.picture.ClipScene;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameRecorder;

/** Makes a moving scene into an MP4: H.264, yuv420p, 24 frames a second, playable while loading. */
public final class ClipEncoder {
  /** Frames per second. */
  public static final int FRAME_RATE = 24;

  private static final int BIT_RATE = 3_000_000;

  private ClipEncoder() {}

  /** Encodes a scene; width and height are in pixels and even. */
  public static byte[] encode(ClipScene scene, int width, int height, int seconds) {
    return Media.scratch(
        ".mp4",
        path -> {
          try (FFmpegFrameRecorder recorder =
              new FFmpegFrameRecorder(path.toFile(), width, height, 0)) {
            recorder.setFormat("mp4");
            recorder.setVideoCodecName("libopenh264");
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(FRAME_RATE);
            recorder.setGopSize(FRAME_RATE);
            recorder.setVideoBitrate(BIT_RATE);
            recorder.setOption("movflags", "+faststart");
            // clips are encoded side by side, so each one keeps to a single core
            recorder.setVideoOption("threads", "1");
            recorder.start();
            record(recorder, scene, width, height, seconds);
          } catch (FrameRecorder.Exception e) {
            throw new IOException("FFmpeg cannot encode the clip", e);
          }
          return Files.readAllBytes(path);
        });
  }

  private static void record(
      FFmpegFrameRecorder recorder, ClipScene scene, int width, int height, int seconds)
      throws FrameRecorder.Exception {
    BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) frame.getRaster().getDataBuffer()).getData();
    ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < seconds * FRAME_RATE; i++) {
      Graphics2D g = frame.createGraphics();
      scene.paint(g, i / (double) FRAME_RATE);
      g.dispose();
      buffer.asIntBuffer().put(pixels);
      recorder.recordImage(width, height, 8, 4, width * 4, avutil.AV_PIX_FMT_BGR0, buffer);
    }
  }
}
