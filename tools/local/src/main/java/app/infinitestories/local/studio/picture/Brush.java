package app.infinitestories.local.studio.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Random;

/**
 * Gouache strokes on a Java2D surface: flat fills, soft gradients, dabs, glows. Carries its own
 * seeded randomness, so the same seed paints the same marks at any resolution.
 */
final class Brush {
  final Graphics2D g;
  final Random random;

  Brush(Graphics2D g, long seed) {
    this.g = g;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x5851F42D4C957F2DL);
    smooth(g);
  }

  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
  }

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  void fill(Shape shape, Color colour) {
    g.setPaint(colour);
    g.fill(shape);
  }

  /** Fills from {@code top} to {@code bottom} over the shape's height. */
  void fade(Shape shape, Color top, Color bottom) {
    Rectangle2D box = shape.getBounds2D();
    g.setPaint(
        new GradientPaint(
            0,
            (float) box.getMinY(),
            top,
            0,
            (float) Math.max(box.getMaxY(), box.getMinY() + 1),
            bottom));
    g.fill(shape);
  }

  /** A vertical fade with visible dry-brush dabs inside the shape. */
  void gouache(Shape shape, Color top, Color bottom, int dabs, double size) {
    fade(shape, top, bottom);
    Rectangle2D box = shape.getBounds2D();
    Shape before = g.getClip();
    g.clip(shape);
    for (int i = 0; i < dabs; i++) {
      double x = between(box.getMinX(), box.getMaxX());
      double y = between(box.getMinY(), box.getMaxY());
      double t = (y - box.getMinY()) / Math.max(1, box.getHeight());
      Color base = mix(top, bottom, t);
      Color dab = random.nextBoolean() ? mix(base, Color.WHITE, 0.3) : shade(base, 0.8);
      double length = between(0.6, 1.8) * size;
      dab(
          x,
          y,
          length,
          length * between(0.12, 0.3),
          between(-0.35, 0.35),
          alpha(dab, between(0.06, 0.2)));
    }
    g.setClip(before);
  }

  void dab(double x, double y, double rx, double ry, double turn, Color colour) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(turn);
    oval(0, 0, rx, ry, colour);
    g.setTransform(before);
  }

  void oval(double cx, double cy, double rx, double ry, Color colour) {
    fill(ellipse(cx, cy, rx, ry), colour);
  }

  void round(double x, double y, double w, double h, double arc, Color colour) {
    fill(new RoundRectangle2D.Double(x, y, w, h, arc, arc), colour);
  }

  void line(Shape shape, Color colour, double width) {
    g.setPaint(colour);
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(shape);
  }

  void line(double x1, double y1, double x2, double y2, Color colour, double width) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    line(path, colour, width);
  }

  /** A bow from one point to the other, bent towards the control point. */
  void bow(
      double x1,
      double y1,
      double cx,
      double cy,
      double x2,
      double y2,
      Color colour,
      double width) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.quadTo(cx, cy, x2, y2);
    line(path, colour, width);
  }

  void polygon(Color colour, double... xy) {
    fill(shape(xy), colour);
  }

  void glow(double cx, double cy, double radius, Color colour, double strength) {
    Point2D centre = new Point2D.Double(cx, cy);
    g.setPaint(
        new RadialGradientPaint(
            centre,
            (float) radius,
            new float[] {0f, 0.35f, 1f},
            new Color[] {
              alpha(colour, strength), alpha(colour, strength * 0.45), alpha(colour, 0)
            }));
    g.fill(ellipse(cx, cy, radius, radius));
  }

  /** The soft shadow under a figure. */
  void shadow(double cx, double cy, double rx, double ry) {
    AffineTransform before = g.getTransform();
    g.translate(cx, cy);
    g.scale(1, ry / rx);
    glow(0, 0, rx, new Color(40, 30, 60), 0.42);
    g.setTransform(before);
  }

  static Ellipse2D ellipse(double cx, double cy, double rx, double ry) {
    return new Ellipse2D.Double(cx - rx, cy - ry, 2 * rx, 2 * ry);
  }

  static Path2D shape(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  /**
   * A closed soft outline around the centre, wobbling by the share {@code wobble} of its radius.
   */
  Path2D blob(double cx, double cy, double rx, double ry, double wobble) {
    int n = 9;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double radius = 1 + between(-wobble, wobble);
      double angle = 2 * Math.PI * i / n;
      x[i] = cx + Math.cos(angle) * rx * radius;
      y[i] = cy + Math.sin(angle) * ry * radius;
    }
    Path2D path = new Path2D.Double();
    path.moveTo((x[n - 1] + x[0]) / 2, (y[n - 1] + y[0]) / 2);
    for (int i = 0; i < n; i++) {
      int next = (i + 1) % n;
      path.quadTo(x[i], y[i], (x[i] + x[next]) / 2, (y[i] + y[next]) / 2);
    }
    path.closePath();
    return path;
  }

  /** A ridge line of summed waves from x0 to x1, closed down to {@code floor}. */
  Path2D ridge(double x0, double x1, double base, double height, double roughness, double floor) {
    double[] phase = new double[6];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = between(0, 2 * Math.PI);
    }
    Path2D path = new Path2D.Double();
    path.moveTo(x0, floor);
    for (double x = x0; x <= x1; x += 6) {
      path.lineTo(x, ridgeAt(x, base, height, roughness, phase));
    }
    path.lineTo(x1, floor);
    path.closePath();
    return path;
  }

  private static double ridgeAt(
      double x, double base, double height, double roughness, double[] phase) {
    double sum = 0;
    double weight = 1;
    double frequency = 0.0042;
    for (double p : phase) {
      sum += weight * Math.sin(x * frequency + p);
      weight *= roughness;
      frequency *= 1.93;
    }
    return base - height * 0.6 * sum;
  }

  static Color mix(Color a, Color b, double t) {
    double s = Math.clamp(t, 0.0, 1.0);
    return new Color(
        (int) Math.round(a.getRed() + (b.getRed() - a.getRed()) * s),
        (int) Math.round(a.getGreen() + (b.getGreen() - a.getGreen()) * s),
        (int) Math.round(a.getBlue() + (b.getBlue() - a.getBlue()) * s),
        (int) Math.round(a.getAlpha() + (b.getAlpha() - a.getAlpha()) * s));
  }

  static Color alpha(Color c, double alpha) {
    return new Color(
        c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * Math.clamp(alpha, 0.0, 1.0)));
  }

  /** Darker below one, towards a cool shadow rather than black. */
  static Color shade(Color c, double factor) {
    return mix(new Color(38, 26, 58), c, factor);
  }

  static Color tint(Color c, double towardsWhite) {
    return mix(c, new Color(255, 250, 238), towardsWhite);
  }
}
