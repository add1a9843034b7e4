package app.infinitestories.local.studio.picture;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Random;

/** Renders a stage's elements to pixels, once as a still page or layer by layer for a clip. */
final class PagePainter {
  private static final int GRAIN = 256;
  private static final byte[] PAPER = paper();

  private PagePainter() {}

  static BufferedImage still(Stage stage, int width, int height) {
    double scale = height / Stage.HEIGHT;
    BufferedImage page = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = page.createGraphics();
    for (Stage.Element element : stage.elements) {
      switch (element) {
        case Stage.Plate plate -> {
          BufferedImage layer =
              plate(plate, AffineTransform.getScaleInstance(scale, scale), width, height);
          g.drawImage(layer, 0, 0, null);
        }
        case Stage.Actor actor -> {
          Graphics2D copy = (Graphics2D) g.create();
          copy.scale(scale, scale);
          Brush.smooth(copy);
          actor.paint(copy, 0);
          copy.dispose();
        }
        case Stage.Particles particles -> {
          Graphics2D copy = (Graphics2D) g.create();
          copy.scale(scale, scale);
          Brush.smooth(copy);
          for (Drift.Mote mote : Drift.motes(particles, stage.width)) {
            Drift.paint(copy, particles.kind(), mote, 0, stage.width);
          }
          copy.dispose();
        }
      }
    }
    g.dispose();
    return page;
  }

  static BufferedImage plate(Stage.Plate plate, AffineTransform toPixels, int width, int height) {
    BufferedImage layer = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D g = layer.createGraphics();
    g.transform(toPixels);
    plate.paint(g);
    g.dispose();
    if (plate.textured()) {
      grain(layer);
    }
    return layer;
  }

  /** Rough watercolour paper: a slow mottling plus fine grain, a few levels strong. */
  private static void grain(BufferedImage layer) {
    int[] pixels = ((DataBufferInt) layer.getRaster().getDataBuffer()).getData();
    int width = layer.getWidth();
    for (int i = 0; i < pixels.length; i++) {
      int p = pixels[i];
      int a = p >>> 24;
      if (a == 0) {
        continue;
      }
      int x = i % width;
      int y = i / width;
      int n = PAPER[(y % GRAIN) * GRAIN + x % GRAIN] * a / 255;
      int r = Math.clamp(((p >> 16) & 255) + n, 0, a);
      int green = Math.clamp(((p >> 8) & 255) + n, 0, a);
      int blue = Math.clamp((p & 255) + n, 0, a);
      pixels[i] = (a << 24) | (r << 16) | (green << 8) | blue;
    }
  }

  private static byte[] paper() {
    Random random = new Random(42);
    double[] noise = new double[GRAIN * GRAIN];
    for (int octave = 1; octave <= 8; octave *= 2) {
      double[] cells = new double[(GRAIN / octave) * (GRAIN / octave)];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = random.nextGaussian();
      }
      int n = GRAIN / octave;
      for (int y = 0; y < GRAIN; y++) {
        for (int x = 0; x < GRAIN; x++) {
          int cx = x / octave;
          int cy = y / octave;
          double fx = x % octave / (double) octave;
          double fy = y % octave / (double) octave;
          double top = cells[cy * n + cx] * (1 - fx) + cells[cy * n + (cx + 1) % n] * fx;
          double bottom =
              cells[(cy + 1) % n * n + cx] * (1 - fx) + cells[(cy + 1) % n * n + (cx + 1) % n] * fx;
          noise[y * GRAIN + x] += (top * (1 - fy) + bottom * fy) * 2.1;
        }
      }
    }
    byte[] bytes = new byte[noise.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.clamp(Math.round(noise[i]), -14, 14);
    }
    return bytes;
  }
}
