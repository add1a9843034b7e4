package app.infinitestories.film;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.List;

/**
 * Title and end of the film: a label of warm paper, as on the cover of a picture book, over the
 * blurred picture, that moves gently behind it.
 */
final class Card implements Shots {
  private static final Color PAPER = new Color(253, 246, 227, 240);
  private static final Color PAPER_EDGE = new Color(196, 154, 88, 210);
  private static final Color INK = new Color(74, 49, 38);
  private static final Color SOFT_INK = new Color(126, 90, 66);
  private static final double MAX_TEXT_WIDTH = 860;
  private static final int BLUR_WIDTH = 320;
  private static final int BLUR_HEIGHT = 180;
  private static final float DARKENED = 0.78f;
  private static final int TEXT_FADE_FRAMES = FilmFormat.FRAMES_PER_SECOND / 2;

  private final Camera background;
  private final Overlay label;
  private final int frames;
  private final int fadeOutFrames;
  private int shown;

  /**
   * Sets the card.
   *
   * @param subtitle may be blank
   * @param fadeOutFrames how many frames it takes to go dark at the end
   */
  Card(String title, String subtitle, BufferedImage picture, int frames, int fadeOutFrames) {
    this.frames = frames;
    this.fadeOutFrames = fadeOutFrames;
    try (Scaler scaler = new Scaler()) {
      Yuv stage = new Yuv(StillShot.STAGE_WIDTH, StillShot.STAGE_HEIGHT);
      scaler.cover(blurred(picture), stage);
      background = new Camera(stage);
      label = new Overlay(drawn(title, subtitle), scaler);
    }
  }

  @Override
  public void next(Yuv into) {
    double progress = frames < 2 ? 0 : shown / (frames - 1.0);
    background.show(0.5, 0.5, 0.98 - 0.1 * progress, into);
    label.over(into, Math.min(1, (shown + 1.0) / TEXT_FADE_FRAMES));
    int left = frames - 1 - shown;
    if (left < fadeOutFrames) {
      into.mixWith(Yuv.ofFilm(), (double) left / fadeOutFrames);
    }
    shown++;
  }

  private static BufferedImage blurred(BufferedImage picture) {
    BufferedImage small = new BufferedImage(BLUR_WIDTH, BLUR_HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage down = PictureReader.scaledDown(picture, BLUR_WIDTH * 2);
    double scale =
        Math.max((double) BLUR_WIDTH / down.getWidth(), (double) BLUR_HEIGHT / down.getHeight());
    int width = (int) Math.ceil(down.getWidth() * scale);
    int height = (int) Math.ceil(down.getHeight() * scale);
    Graphics2D pen = small.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(down, (BLUR_WIDTH - width) / 2, (BLUR_HEIGHT - height) / 2, width, height, null);
    pen.dispose();
    float[] weights = new float[25];
    Arrays.fill(weights, 1f / weights.length);
    ConvolveOp blur = new ConvolveOp(new Kernel(5, 5, weights), ConvolveOp.EDGE_NO_OP, null);
    BufferedImage soft = blur.filter(small, null);
    return new java.awt.image.RescaleOp(DARKENED, 0, null).filter(soft, null);
  }

  private static BufferedImage drawn(String title, String subtitle) {
    BufferedImage image =
        new BufferedImage(FilmFormat.WIDTH, FilmFormat.HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    drawLabel(pen, Text.of(title, Lettering.BOLD, 84, 40, 4), subtitle);
    pen.dispose();
    return image;
  }

  private static void drawLabel(Graphics2D pen, Text title, String subtitle) {
    Text below =
        subtitle.isBlank()
            ? Text.NONE
            : Text.of(subtitle, Lettering.REGULAR, Math.min(38, title.size() * 0.62), 22, 3);
    double ornament = below.lines().isEmpty() ? 0 : 44;
    double height = title.height() + ornament + below.height();
    double centreX = FilmFormat.WIDTH / 2.0;
    double top = (FilmFormat.HEIGHT - height) / 2;
    double width = Math.max(460, Math.max(title.width(), below.width()) + 150);
    drawPaper(pen, centreX, top - 62, width, height + 124);
    pen.setColor(INK);
    title.fill(pen, centreX, top);
    if (!below.lines().isEmpty()) {
      drawOrnament(pen, centreX, top + title.height() + ornament / 2);
      pen.setColor(SOFT_INK);
      below.fill(pen, centreX, top + title.height() + ornament);
    }
  }

  private static void drawPaper(
      Graphics2D pen, double centreX, double top, double width, double height) {
    double left = centreX - width / 2;
    for (int depth = 18; depth > 0; depth -= 2) {
      pen.setColor(new Color(20, 12, 8, 9));
      pen.fill(
          new RoundRectangle2D.Double(
              left - depth, top - depth + 8, width + 2 * depth, height + 2 * depth, 64, 64));
    }
    pen.setColor(PAPER);
    pen.fill(new RoundRectangle2D.Double(left, top, width, height, 44, 44));
    pen.setColor(PAPER_EDGE);
    pen.setStroke(new BasicStroke(3f));
    pen.draw(new RoundRectangle2D.Double(left + 14, top + 14, width - 28, height - 28, 30, 30));
  }

  /** A small star between two lines. */
  private static void drawOrnament(Graphics2D pen, double x, double y) {
    pen.setColor(PAPER_EDGE);
    pen.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(new java.awt.geom.Line2D.Double(x - 96, y, x - 22, y));
    pen.draw(new java.awt.geom.Line2D.Double(x + 22, y, x + 96, y));
    Path2D star = new Path2D.Double();
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 12 : 5;
      double angle = Math.PI * i / 5 - Math.PI / 2;
      double px = x + radius * Math.cos(angle);
      double py = y + radius * Math.sin(angle);
      if (i == 0) {
        star.moveTo(px, py);
      } else {
        star.lineTo(px, py);
      }
    }
    star.closePath();
    pen.fill(star);
  }

  /** Lines in one size. */
  private record Text(Lettering lettering, List<String> lines, double size) {
    static final Text NONE = new Text(Lettering.REGULAR, List.of(), 0);
    private static final double LEADING = 1.18;

    /** As large as fits into the lines allowed; at the smallest size it is cut with an ellipsis. */
    static Text of(String text, Lettering lettering, double largest, double smallest, int lines) {
      for (double size = largest; ; size -= 4) {
        List<String> wrapped = lettering.wrapped(text, size, MAX_TEXT_WIDTH);
        boolean fits =
            wrapped.size() <= lines
                && widest(wrapped, lettering, size) <= MAX_TEXT_WIDTH
                && (wrapped.size() <= 2 || size <= largest * 0.8);
        if (fits) {
          return new Text(lettering, wrapped, size);
        }
        if (size - 4 < smallest) {
          return new Text(lettering, cut(wrapped, lettering, size, lines), size);
        }
      }
    }

    private static List<String> cut(
        List<String> wrapped, Lettering lettering, double size, int lines) {
      return wrapped.stream().limit(lines).map(line -> shortened(line, lettering, size)).toList();
    }

    private static String shortened(String line, Lettering lettering, double size) {
      String kept = line;
      while (lettering.width(kept + "…", size) > MAX_TEXT_WIDTH) {
        kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
      }
      return kept.equals(line) ? line : kept + "…";
    }

    private static double widest(List<String> lines, Lettering lettering, double size) {
      return lines.stream().mapToDouble(line -> lettering.width(line, size)).max().orElse(0);
    }

    double height() {
      return lines.size() * size * LEADING;
    }

    double width() {
      return widest(lines, lettering, size);
    }

    void fill(Graphics2D pen, double centreX, double top) {
      for (int i = 0; i < lines.size(); i++) {
        double baseline = top + (i + 0.82) * size * LEADING;
        pen.fill(lettering.centred(lines.get(i), size, centreX, baseline));
      }
    }
  }
}
