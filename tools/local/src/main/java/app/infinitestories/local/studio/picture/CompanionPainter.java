package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;
import static app.infinitestories.local.studio.picture.Brush.ellipse;
import static app.infinitestories.local.studio.picture.Brush.shade;
import static app.infinitestories.local.studio.picture.Brush.shape;
import static app.infinitestories.local.studio.picture.Brush.tint;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Paints one companion, 100 units high, standing on the origin and looking to the left. */
final class CompanionPainter {
  private static final Color INK = new Color(0x33252c);

  private final Brush b;
  private final double swing;
  private final boolean blink;

  private CompanionPainter(Brush b, double phase) {
    this.b = b;
    this.swing = Math.sin(2 * Math.PI * phase);
    this.blink = phase > 0.7 && phase < 0.78;
  }

  static void paint(Brush b, Companion companion, double phase) {
    new CompanionPainter(b, phase).paint(companion, phase);
  }

  private void paint(Companion companion, double phase) {
    switch (companion) {
      case FOX -> {
        Color fur = new Color(0xdb7a3a);
        tail(fur, new Color(0xfaf0e0), 26);
        sitter(fur, new Color(0xfaf0e0));
        pointedEars(fur, 22);
        head(fur, new Color(0xfaf0e0), 30, 24);
        muzzle(new Color(0xfaf0e0), 17);
      }
      case CAT -> {
        Color fur = new Color(0x8d8794);
        b.bow(20, -10, 62, -12 + 4 * swing, 44, -52 + 6 * swing, fur, 9);
        sitter(fur, new Color(0xf4efe8));
        pointedEars(fur, 20);
        head(fur, tint(fur, 0.4), 28, 24);
        muzzle(new Color(0xf4efe8), 9);
        for (int i = -1; i <= 1; i += 2) {
          b.line(-8 + i * 10, -56, -8 + i * 30, -58, alpha(Color.WHITE, 0.7), 1);
          b.line(-8 + i * 10, -53, -8 + i * 29, -50, alpha(Color.WHITE, 0.7), 1);
        }
      }
      case DOG -> {
        Color fur = new Color(0xc99a62);
        b.bow(24, -16, 44, -20, 46 + 5 * swing, -44, fur, 9);
        sitter(fur, new Color(0xf8eedb));
        head(fur, new Color(0xf8eedb), 29, 26);
        b.dab(-38, -62, 9, 20, 0.25, shade(fur, 0.65));
        b.dab(22, -62, 9, 20, -0.25, shade(fur, 0.65));
        muzzle(new Color(0xf8eedb), 14);
        b.oval(-10, -44 + swing, 4, 5, new Color(0xe77a77));
      }
      case RABBIT -> {
        Color fur = new Color(0xe6d8c8);
        for (int side = -1; side <= 1; side += 2) {
          b.dab(-8 + side * 11, -92 + (side > 0 ? swing : 0), 7, 24, side * 0.16, shade(fur, 0.88));
          b.dab(-8 + side * 11, -91, 4, 18, side * 0.16, new Color(0xf0b8b4));
        }
        b.oval(32, -16, 11, 11, tint(fur, 0.6));
        sitter(fur, tint(fur, 0.6));
        head(fur, tint(fur, 0.5), 25, 22);
        muzzle(tint(fur, 0.6), 7);
      }
      case BEAR -> bear(new Color(0x9a6c4a));
      case MOUSE -> {
        Color fur = new Color(0xb0a6a8);
        b.bow(22, -8, 60, -2, 56 + 4 * swing, -30, new Color(0xd9a5a0), 4);
        b.oval(-30, -80, 18, 18, shade(fur, 0.85));
        b.oval(14, -82, 18, 18, shade(fur, 0.85));
        b.oval(-30, -80, 12, 12, new Color(0xf0b8b4));
        b.oval(14, -82, 12, 12, new Color(0xf0b8b4));
        sitter(fur, tint(fur, 0.6));
        head(fur, tint(fur, 0.4), 26, 22);
        muzzle(tint(fur, 0.5), 11);
      }
      case OWL -> owl();
      case BIRD -> bird();
      case HEDGEHOG -> hedgehog();
      case TURTLE -> turtle();
      case ELEPHANT -> elephant();
      case DRAGON -> dragon();
      case WHALE -> whale();
      case ROBOT -> robot();
      case ALIEN -> alien();
      case UNICORN -> unicorn();
      case FAIRY, GIANT, GRANDMOTHER, GRANDFATHER, FRIEND -> person(companion, phase);
    }
  }

  // ---- shared parts

  private void eye(double x, double y, double r) {
    if (blink) {
      b.bow(x - r, y, x, y + r, x + r, y, INK, Math.max(1, r * 0.4));
      return;
    }
    b.oval(x, y, r, r * 1.15, INK);
    b.oval(x + r * 0.3, y - r * 0.4, r * 0.36, r * 0.36, Color.WHITE);
  }

  private void cheeks(double x1, double x2, double y, double r) {
    b.glow(x1, y, r, new Color(0xf08a78), 0.5);
    b.glow(x2, y, r, new Color(0xf08a78), 0.5);
  }

  private void sitter(Color fur, Color chest) {
    Path2D body = new Path2D.Double();
    body.moveTo(-26, -2);
    body.curveTo(-36, -30, -22, -52, -6, -54);
    body.curveTo(16, -54, 40, -28, 34, -2);
    body.closePath();
    b.gouache(body, tint(fur, 0.08), shade(fur, 0.82), 26, 9);
    b.dab(-10, -22, 11, 20, 0.1, chest);
    b.oval(-18, -4, 9, 5.5, tint(fur, 0.1));
    b.oval(0, -4, 9, 5.5, tint(fur, 0.1));
    b.oval(24, -6, 13, 7, shade(fur, 0.9));
  }

  private void head(Color fur, Color cheek, double rx, double ry) {
    double y = -62 + swing * 0.7;
    b.gouache(ellipse(-8, y, rx, ry), tint(fur, 0.12), shade(fur, 0.88), 20, 8);
    b.dab(-8 - rx * 0.5, y + ry * 0.4, rx * 0.4, ry * 0.34, 0.3, cheek);
    b.dab(-8 + rx * 0.5, y + ry * 0.4, rx * 0.4, ry * 0.34, -0.3, cheek);
    eye(-8 - rx * 0.4, y - 1, 4);
    eye(-8 + rx * 0.4, y - 1, 4);
    cheeks(-8 - rx * 0.62, -8 + rx * 0.62, y + 8, 7);
  }

  private void muzzle(Color c, double size) {
    double y = -53 + swing * 0.7;
    b.oval(-8, y, size * 0.8, size * 0.56, c);
    b.oval(-8, y - size * 0.3, 4, 3, INK);
    b.bow(-13, y + 3, -10.5, y + 6, -8, y + 2, INK, 1.4);
    b.bow(-8, y + 2, -5.5, y + 6, -3, y + 3, INK, 1.4);
  }

  private void pointedEars(Color fur, double size) {
    b.polygon(shade(fur, 0.82), -36, -70, -34, -74 - size, -12, -80);
    b.polygon(shade(fur, 0.82), 20, -70, 18, -74 - size, -4, -80);
    b.polygon(new Color(0x5a3b38), -32, -74, -31, -70 - size * 0.8, -20, -80);
    b.polygon(new Color(0x5a3b38), 16, -74, 15, -70 - size * 0.8, 4, -80);
  }

  private void tail(Color fur, Color tip, double lift) {
    Path2D tail = new Path2D.Double();
    double t = 5 * swing;
    tail.moveTo(20, -4);
    tail.curveTo(58, -2, 76, -30 + t, 60, -42 - lift + t);
    tail.curveTo(52, -30 + t, 40, -24, 26, -22);
    tail.closePath();
    b.gouache(tail, fur, shade(fur, 0.85), 14, 8);
    b.dab(61, -56 + t, 6, 13, 0.35, tip);
  }

  // ---- animals

  private void bear(Color fur) {
    b.oval(-28, -86, 11, 11, shade(fur, 0.85));
    b.oval(20, -86, 11, 11, shade(fur, 0.85));
    b.oval(-20, -5, 17, 9, shade(fur, 0.85));
    b.oval(22, -5, 17, 9, shade(fur, 0.85));
    b.gouache(ellipse(0, -32, 36, 33), tint(fur, 0.06), shade(fur, 0.82), 40, 9);
    b.oval(-3, -28, 20, 21, tint(fur, 0.42));
    b.dab(-34, -36 + swing, 10, 20, 0.5, shade(fur, 0.92));
    b.dab(34, -36 - swing, 10, 20, -0.5, shade(fur, 0.92));
    b.gouache(ellipse(-4, -69, 31, 25), tint(fur, 0.12), shade(fur, 0.9), 26, 8);
    b.oval(-5, -61, 15, 11, tint(fur, 0.55));
    b.oval(-5, -66, 5, 3.6, INK);
    b.bow(-11, -58, -5, -52, 1, -58, INK, 1.6);
    eye(-17, -73, 3.4);
    eye(8, -73, 3.4);
    cheeks(-24, 15, -62, 8);
  }

  private void owl() {
    Color feather = new Color(0x9a7352);
    b.oval(-10, -3, 8, 5, new Color(0xe8a846));
    b.oval(10, -3, 8, 5, new Color(0xe8a846));
    b.polygon(shade(feather, 0.8), -30, -78, -34, -102, -10, -90);
    b.polygon(shade(feather, 0.8), 30, -78, 34, -102, 10, -90);
    b.gouache(ellipse(0, -48, 37, 46), tint(feather, 0.1), shade(feather, 0.8), 40, 8);
    b.oval(0, -34, 23, 28, new Color(0xf0ddb8));
    for (int i = 0; i < 9; i++) {
      b.bow(
          -12 + (i % 3) * 12 - 4,
          -46 + (i / 3) * 13,
          -12 + (i % 3) * 12,
          -40 + (i / 3) * 13,
          -8 + (i % 3) * 12,
          -46 + (i / 3) * 13,
          feather,
          2);
    }
    b.dab(-36, -44, 9, 27, 0.2 + 0.12 * swing, shade(feather, 0.72));
    b.dab(36, -44, 9, 27, -0.2 - 0.12 * swing, shade(feather, 0.72));
    for (int side = -1; side <= 1; side += 2) {
      b.oval(side * 15, -70, 16, 16, new Color(0xfaf0da));
      b.oval(side * 15, -70, 12, 12, new Color(0xf2b740));
      eye(side * 15, -70, 7.5);
    }
    b.polygon(new Color(0xe8963a), -5, -62, 5, -62, 0, -51);
  }

  private void bird() {
    Color c = new Color(0x4f93c8);
    b.polygon(shade(c, 0.8), 26, -44, 66, -56 + 3 * swing, 60, -38);
    b.line(-6, -14, -8, 0, new Color(0xe0963c), 3);
    b.line(6, -14, 8, 0, new Color(0xe0963c), 3);
    b.gouache(ellipse(0, -38, 34, 27), tint(c, 0.1), shade(c, 0.82), 20, 8);
    b.oval(-10, -30, 18, 17, new Color(0xf6d7a8));
    b.gouache(ellipse(-18, -66, 22, 20), tint(c, 0.16), c, 14, 7);
    b.polygon(new Color(0xf0a23c), -38, -70, -56, -62, -38, -58);
    eye(-24, -70, 4.6);
    b.dab(14, -42 - 3 * swing, 21, 12, 0.3 - 0.4 * Math.abs(swing), shade(c, 0.75));
    b.glow(-22, -58, 7, new Color(0xf08a78), 0.5);
  }

  private void hedgehog() {
    Color spike = new Color(0x6f5546);
    for (int i = 0; i < 90; i++) {
      double a = Math.PI * b.between(1.02, 1.98);
      double r = b.between(0.55, 1);
      double x = 10 + Math.cos(a) * 52 * r;
      double y = -18 + Math.sin(a) * 62 * r;
      b.line(
          x,
          y,
          x + Math.cos(a) * 14 + 3,
          y + Math.sin(a) * 14,
          i % 3 == 0 ? tint(spike, 0.4) : shade(spike, b.between(0.7, 1.1)),
          4);
    }
    b.gouache(ellipse(8, -24, 48, 24), spike, shade(spike, 0.8), 20, 8);
    Color face = new Color(0xe8c8a0);
    b.oval(-38, -30, 24, 22, face);
    b.dab(-58, -24, 13, 8, -0.1, face);
    b.oval(-70, -25, 5, 4.6, INK);
    b.oval(-24, -48, 9, 9, shade(face, 0.8));
    eye(-46, -36, 4.6);
    cheeks(-36, -34, -24, 8);
    b.bow(-58, -17, -52, -13, -46, -17, INK, 1.8);
    b.oval(-22, -3, 10, 5, face);
    b.oval(26, -3, 10, 5, face);
  }

  private void turtle() {
    Color skin = new Color(0x9cbf6a);
    b.oval(-28, -8, 15, 9, shade(skin, 0.85));
    b.oval(34, -8, 15, 9, shade(skin, 0.85));
    b.gouache(ellipse(-54, -46 + swing, 24, 22), tint(skin, 0.15), skin, 14, 8);
    b.dab(-38, -28, 20, 11, 0.8, skin);
    eye(-62, -50, 5);
    b.bow(-70, -38, -60, -31, -50, -37, INK, 2);
    cheeks(-66, -48, -38, 8);
    Path2D shell = new Path2D.Double();
    shell.moveTo(-50, -12);
    shell.curveTo(-44, -92, 58, -92, 62, -12);
    shell.quadTo(6, 0, -50, -12);
    shell.closePath();
    b.gouache(shell, new Color(0xb98a55), new Color(0x7d5a3c), 30, 10);
    for (int i = 0; i < 5; i++) {
      b.line(b.blob(-24 + i * 16, -38 - (i % 2) * 18, 12, 10, 0.05), new Color(0xe0be84), 3);
    }
  }

  private void elephant() {
    Color skin = new Color(0x9aa3b5);
    for (double x : new double[] {-18, 2, 24, 42}) {
      b.round(x - 9, -34, 18, 34, 9, shade(skin, x == 2 || x == 42 ? 0.8 : 0.92));
    }
    b.gouache(ellipse(14, -46, 40, 28), tint(skin, 0.12), shade(skin, 0.85), 40, 9);
    b.bow(52, -50, 62, -40, 58 + 3 * swing, -26, shade(skin, 0.8), 3);
    Path2D trunk = new Path2D.Double();
    trunk.moveTo(-34, -58);
    trunk.curveTo(-52, -40, -44, -14, -60, -16 - 5 * Math.abs(swing));
    b.line(trunk, shade(skin, 0.92), 13);
    b.gouache(ellipse(-24, -68, 28, 25), tint(skin, 0.14), shade(skin, 0.92), 26, 8);
    b.gouache(b.blob(4, -66, 17, 24 + swing, 0.05), tint(skin, 0.02), shade(skin, 0.8), 16, 7);
    b.oval(4, -65, 10, 16, new Color(0xd9a8ac));
    eye(-32, -72, 3.4);
    cheeks(-24, -24, -60, 8);
    b.bow(-30, -52, -26, -46, -18, -50, INK, 1.5);
  }

  private void dragon() {
    Color skin = new Color(0x5aa37a);
    Color belly = new Color(0xf2dc9c);
    Path2D tail = new Path2D.Double();
    tail.moveTo(14, -4);
    tail.curveTo(58, 4, 76, -16, 66, -36 + 4 * swing);
    b.line(tail, shade(skin, 0.85), 11);
    b.polygon(new Color(0xe8884a), 58, -34 + 4 * swing, 68, -54 + 4 * swing, 76, -32 + 4 * swing);
    AffineTransform before = b.g.getTransform();
    b.g.translate(22, -46);
    b.g.rotate(0.12 * swing);
    Path2D wing = new Path2D.Double();
    wing.moveTo(0, 0);
    wing.quadTo(14, -46, 52, -44);
    wing.quadTo(42, -30, 46, -18);
    wing.quadTo(32, -18, 30, -4);
    wing.quadTo(16, -6, 0, 8);
    wing.closePath();
    b.gouache(wing, new Color(0xf0a860), new Color(0xd9784a), 14, 8);
    b.g.setTransform(before);
    b.gouache(ellipse(4, -28, 28, 29), tint(skin, 0.08), shade(skin, 0.8), 34, 8);
    b.oval(-3, -24, 17, 22, belly);
    for (int i = 0; i < 4; i++) {
      b.bow(-16, -38 + i * 9, -3, -34 + i * 9, 10, -38 + i * 9, shade(belly, 0.85), 1.4);
    }
    b.oval(-14, -4, 13, 7, shade(skin, 0.92));
    b.oval(20, -4, 13, 7, shade(skin, 0.85));
    b.dab(-22, -34 + swing, 6, 12, 0.7, shade(skin, 0.92));
    b.polygon(belly, -22, -84, -20, -104, -12, -86);
    b.polygon(belly, 6, -84, 8, -104, 14, -84);
    for (int i = 0; i < 3; i++) {
      b.polygon(
          new Color(0xe8884a),
          14 + i * 7,
          -76 + i * 15,
          28 + i * 6,
          -76 + i * 17,
          18 + i * 7,
          -62 + i * 15);
    }
    b.gouache(ellipse(-6, -70, 28, 22), tint(skin, 0.16), shade(skin, 0.9), 24, 8);
    b.gouache(ellipse(-17, -60, 21, 13), tint(skin, 0.24), skin, 12, 8);
    b.oval(-26, -64, 1.8, 1.4, INK);
    b.oval(-16, -65, 1.8, 1.4, INK);
    b.bow(-30, -57, -16, -48, -2, -56, INK, 1.6);
    b.oval(-14, -76, 5.6, 6.6, new Color(0xfffaf0));
    b.oval(5, -76, 5.6, 6.6, new Color(0xfffaf0));
    eye(-15, -75, 4);
    eye(4, -75, 4);
    cheeks(-28, 10, -62, 7);
  }

  private void whale() {
    Color skin = new Color(0x4f86b5);
    Path2D body = new Path2D.Double();
    body.moveTo(-84, -34);
    body.curveTo(-84, -96, 10, -92, 60, -44);
    body.quadTo(80, -50, 84, -82 + 4 * swing);
    body.quadTo(98, -60, 116, -72 + 4 * swing);
    body.quadTo(108, -34, 78, -26);
    body.curveTo(40, 0, -84, 8, -84, -34);
    body.closePath();
    b.gouache(body, tint(skin, 0.18), shade(skin, 0.85), 60, 14);
    Path2D belly = new Path2D.Double();
    belly.moveTo(-82, -28);
    belly.curveTo(-60, -14, -20, -22, 30, -14);
    belly.curveTo(-10, 6, -80, 6, -82, -28);
    belly.closePath();
    b.fill(belly, new Color(0xe6eef0));
    b.dab(-4, -14, 11, 22, -0.5 + 0.1 * swing, shade(skin, 0.8));
    eye(-54, -44, 4.6);
    b.bow(-78, -32, -64, -26, -48, -32, INK, 2);
    cheeks(-50, -48, -34, 9);
    b.bow(-22, -80, -26, -104, -44, -102 - 3 * swing, new Color(0xd9f0f6), 4.5);
    b.bow(-20, -80, -16, -104, 2, -100 - 3 * swing, new Color(0xd9f0f6), 4.5);
  }

  private void robot() {
    Color metal = new Color(0xa9bccb);
    b.round(-22, -20, 14, 20, 6, shade(metal, 0.7));
    b.round(8, -20, 14, 20, 6, shade(metal, 0.7));
    b.line(-28, -44, -42, -28 - 5 * swing, shade(metal, 0.75), 7);
    b.line(28, -44, 42, -30 + 5 * swing, shade(metal, 0.75), 7);
    b.gouache(
        new java.awt.geom.RoundRectangle2D.Double(-28, -54, 56, 38, 16, 16),
        tint(metal, 0.3),
        shade(metal, 0.85),
        20,
        10);
    b.round(-14, -46, 28, 18, 6, new Color(0x3f5d78));
    b.oval(-6, -37, 4, 4, new Color(0xf26a5a));
    b.oval(6, -37, 4, 4, new Color(0x7ad0a0));
    b.line(0, -88, 0, -98, shade(metal, 0.7), 3);
    b.glow(0, -99, 12, new Color(0xf6c85a), 0.8);
    b.oval(0, -99, 4, 4, new Color(0xf6c85a));
    b.gouache(
        new java.awt.geom.RoundRectangle2D.Double(-32, -90, 64, 38, 22, 22),
        tint(metal, 0.4),
        shade(metal, 0.9),
        20,
        10);
    b.round(-25, -83, 50, 24, 14, new Color(0x35506c));
    for (int side = -1; side <= 1; side += 2) {
      b.oval(side * 12 - 2, -72, 6, blink ? 1 : 6.6, new Color(0x9fe8f0));
      b.oval(side * 34, -71, 4, 8, shade(metal, 0.7));
    }
    b.bow(-7, -63, -2, -60, 3, -63, new Color(0x9fe8f0), 1.8);
  }

  private void alien() {
    Color skin = new Color(0x9bd06a);
    b.line(-10, -78, -22, -98, skin, 3.4);
    b.line(10, -78, 22, -98 + swing, skin, 3.4);
    b.oval(-22, -98, 5, 5, new Color(0xf2b740));
    b.oval(22, -98 + swing, 5, 5, new Color(0xf2b740));
    b.round(-16, -16, 12, 16, 8, shade(skin, 0.8));
    b.round(4, -16, 12, 16, 8, shade(skin, 0.8));
    b.gouache(ellipse(0, -28, 24, 20), new Color(0x8a78c8), new Color(0x5f4fa0), 16, 8);
    b.line(-22, -34, -36, -46 - 4 * swing, skin, 6);
    b.line(22, -34, 36, -22 + 3 * swing, skin, 6);
    b.gouache(b.blob(0, -62, 34, 27, 0.03), tint(skin, 0.2), shade(skin, 0.88), 20, 9);
    for (int i = -1; i <= 1; i++) {
      b.oval(i * 18, -64 - (i == 0 ? 6 : 0), 8, 9, new Color(0xfffaf0));
      eye(i * 18 - 1, -63 - (i == 0 ? 6 : 0), 4.6);
    }
    b.bow(-12, -48, 0, -41, 12, -48, INK, 2);
    cheeks(-24, 24, -50, 7);
  }

  private void unicorn() {
    Color coat = new Color(0xf8f2f0);
    Color[] mane = {new Color(0xe89ac0), new Color(0xa99ae0), new Color(0x8fc9e8)};
    for (int i = 0; i < 3; i++) {
      b.bow(38, -48, 66 - i * 5, -44, 60 - i * 6 + 4 * swing, -12 - i * 5, mane[i], 7);
    }
    for (double x : new double[] {-16, -2, 26, 38}) {
      b.round(x - 6, -34, 12, 34, 8, shade(coat, x == -2 || x == 38 ? 0.82 : 0.92));
      b.round(x - 6, -7, 12, 7, 4, new Color(0xc9a86a));
    }
    b.gouache(ellipse(12, -42, 34, 19), coat, shade(coat, 0.86), 24, 9);
    b.gouache(shape(-30, -70, -6, -82, 8, -52, -14, -34), coat, shade(coat, 0.94), 14, 8);
    b.polygon(coat, -12, -80, -6, -94, -2, -78);
    b.polygon(new Color(0xf2c14e), -26, -82, -32, -108, -18, -84);
    b.gouache(ellipse(-20, -72, 16, 14), coat, shade(coat, 0.95), 10, 6);
    b.dab(-33, -64, 13, 10, -0.3, coat);
    b.dab(-39, -62, 7, 8, -0.3, new Color(0xf2cfd0));
    b.oval(-42, -63, 1.4, 1.4, INK);
    for (int i = 0; i < 6; i++) {
      b.dab(-12 + i * 5, -84 + i * 9, 11, 7, 0.8, mane[i % 3]);
    }
    b.dab(-20, -86, 9, 5, 0.3, mane[1]);
    eye(-24, -73, 3.6);
    cheeks(-22, -22, -64, 6);
    b.bow(-42, -57, -37, -54, -32, -57, INK, 1.3);
  }

  private void person(Companion companion, double phase) {
    HeroLook look =
        switch (companion) {
          case GRANDMOTHER ->
              new HeroLook(
                  new Color(0xdcd8d6),
                  new Color(0xefc8a8),
                  new Color(0x5f7f9a),
                  new Color(0x9a6a9a),
                  new Color(0x5d5470),
                  HairStyle.BUNS,
                  Outfit.DRESS,
                  true);
          case GRANDFATHER ->
              new HeroLook(
                  new Color(0xcac6c2),
                  new Color(0xe8bd9a),
                  new Color(0x6b4f3a),
                  new Color(0x5f7d6a),
                  new Color(0x5a4a42),
                  HairStyle.SHORT,
                  Outfit.COAT,
                  true);
          case GIANT ->
              new HeroLook(
                  new Color(0x5d4030),
                  new Color(0xd9a880),
                  new Color(0x4f7a4a),
                  new Color(0x8a6f4a),
                  new Color(0x4f5a48),
                  HairStyle.CURLY,
                  Outfit.COAT,
                  false);
          case FAIRY ->
              new HeroLook(
                  new Color(0xf2d27a),
                  new Color(0xf8dcc4),
                  new Color(0x6a8fd0),
                  new Color(0xa3d0a0),
                  new Color(0xe0c0d8),
                  HairStyle.BUNS,
                  Outfit.DRESS,
                  false);
          default ->
              new HeroLook(
                  new Color(0x6a5648),
                  new Color(0xdfae88),
                  new Color(0x5a4030),
                  new Color(0xa8c0d0),
                  new Color(0x7a6a5a),
                  HairStyle.BOB,
                  Outfit.SHIRT,
                  false);
        };
    if (companion == Companion.FAIRY) {
      b.glow(0, -55, 90, new Color(0xfff0b0), 0.6);
      for (int side = -1; side <= 1; side += 2) {
        b.dab(
            side * 30,
            -58,
            26,
            15 - 4 * Math.abs(swing),
            -side * 0.7,
            alpha(new Color(0xd6f0f4), 0.8));
        b.dab(side * 24, -36, 18, 10, side * 0.5, alpha(new Color(0xd6f0f4), 0.7));
      }
    }
    AffineTransform before = b.g.getTransform();
    b.g.scale(100 / HeroPainter.HEIGHT, 100 / HeroPainter.HEIGHT);
    Pose pose = companion == Companion.GIANT ? Pose.WAVING : Pose.STANDING;
    HeroPainter.paint(
        b.g,
        look,
        new HeroPainter.Figure(pose, Mood.HAPPY, HeroPainter.Turn.THREE_QUARTER, true, phase));
    b.g.setTransform(before);
  }
}
