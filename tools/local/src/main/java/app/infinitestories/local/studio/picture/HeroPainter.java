package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;
import static app.infinitestories.local.studio.picture.Brush.ellipse;
import static app.infinitestories.local.studio.picture.Brush.mix;
import static app.infinitestories.local.studio.picture.Brush.shade;
import static app.infinitestories.local.studio.picture.Brush.tint;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * Paints a child, 300 units tall, standing on the origin. Hair, skin and clothes are laid down flat
 * in the look's own colours; modelling is added only at the edges.
 */
final class HeroPainter {
  static final double HEIGHT = 300;
  private static final Color SHOE = new Color(0x6a4638);

  /** Which way the figure faces. */
  enum Turn {
    FRONT,
    THREE_QUARTER,
    BACK
  }

  /**
   * One drawing of the figure.
   *
   * @param phase position in the movement cycle, 0 to 1; at 0 the figure is in its still pose
   */
  record Figure(Pose pose, Mood mood, Turn turn, boolean mirrored, double phase) {
    double swing() {
      return Math.sin(2 * Math.PI * phase);
    }
  }

  private final HeroLook look;
  private final Figure figure;
  private final Brush b;

  private HeroPainter(Graphics2D g, HeroLook look, Figure figure) {
    this.look = look;
    this.figure = figure;
    this.b = new Brush(g, 7);
  }

  static void paint(Graphics2D g, HeroLook look, Figure figure) {
    AffineTransform before = g.getTransform();
    if (figure.mirrored()) {
      g.scale(-1, 1);
    }
    new HeroPainter(g, look, figure).paintFigure();
    g.setTransform(before);
  }

  /** Only head and neck, centred on the origin with a radius of about 60 units. */
  static void paintHead(Graphics2D g, HeroLook look, Figure figure) {
    new HeroPainter(g, look, figure).head();
  }

  /** Where the figure's free hand is, in the painter's units (not mirrored). */
  static Point2D hand(Pose pose, double phase) {
    double swing = Math.sin(2 * Math.PI * phase);
    return switch (pose) {
      case REACHING -> new Point2D.Double(110, -180 - 6 * swing);
      case WAVING -> new Point2D.Double(-64, -90);
      case HOLDING -> new Point2D.Double(0, -106 + 2 * swing);
      case SITTING -> new Point2D.Double(0, -62 + 2 * swing);
      case FLYING -> new Point2D.Double(96, -190 + 6 * swing);
      case WALKING -> new Point2D.Double(66 - 15 * swing, -92);
      case LOOKING_UP, STANDING -> new Point2D.Double(62 + 2 * swing, -88);
    };
  }

  private void paintFigure() {
    Graphics2D g = b.g;
    double swing = figure.swing();
    if (figure.pose() == Pose.FLYING) {
      g.translate(0, -150 + 5 * swing);
      g.rotate(0.55);
      g.translate(0, 150);
    }
    boolean sitting = figure.pose() == Pose.SITTING;
    if (sitting) {
      g.translate(0, 42);
    }
    double breath = 1.6 * swing;
    backHairBelow(breath);
    if (sitting) {
      body(breath);
      sittingLegs();
    } else {
      legs(swing);
      body(breath);
    }
    boolean raised = figure.pose() == Pose.WAVING || figure.pose() == Pose.FLYING;
    if (!raised) {
      arms(swing, breath);
    }
    AffineTransform before = g.getTransform();
    g.translate(0, -226 - breath);
    g.rotate(headTilt() + 0.02 * swing, 0, 50);
    head();
    g.setTransform(before);
    if (raised) {
      arms(swing, breath);
    }
  }

  private double headTilt() {
    return switch (figure.pose()) {
      case LOOKING_UP -> -0.14;
      case FLYING -> -0.42;
      case REACHING, WAVING -> -0.06;
      default -> figure.mood() == Mood.WORRIED ? 0.07 : figure.mood() == Mood.SLEEPY ? 0.13 : 0.0;
    };
  }

  // ---- body

  private void legs(double swing) {
    double stride = figure.pose() == Pose.WALKING ? 15 : figure.pose() == Pose.FLYING ? 8 : 0;
    double move =
        figure.pose() == Pose.WALKING ? 13 * swing : figure.pose() == Pose.FLYING ? 4 * swing : 0;
    leg(
        -17,
        -20 - stride + move,
        figure.pose() == Pose.WALKING ? -4 - Math.max(0, -move) * 0.5 : 0);
    leg(17, 20 + stride - move, figure.pose() == Pose.WALKING ? -Math.max(0, move) * 0.5 : 0);
  }

  private void leg(double hipX, double footX, double lift) {
    Path2D path = new Path2D.Double();
    path.moveTo(hipX, -84);
    path.quadTo(hipX * 1.05, -46, footX, -20 + lift);
    b.line(path, shade(look.bottom(), 0.72), 32);
    b.line(path, look.bottom(), 28.5);
    Path2D shoe = new Path2D.Double();
    double x = footX + 4;
    shoe.moveTo(x - 19, lift);
    shoe.curveTo(x - 22, -22 + lift, x - 4, -25 + lift, x + 4, -19 + lift);
    shoe.curveTo(x + 20, -16 + lift, x + 23, -8 + lift, x + 20, lift);
    shoe.closePath();
    b.fade(shoe, tint(SHOE, 0.18), shade(SHOE, 0.8));
    b.line(x - 18, lift - 1, x + 19, lift - 1, new Color(0xe9dcc4), 3);
  }

  private void sittingLegs() {
    for (int side = -1; side <= 1; side += 2) {
      Path2D path = new Path2D.Double();
      path.moveTo(side * 18, -76);
      path.quadTo(side * 40, -74, side * 36, -56);
      b.line(path, shade(look.bottom(), 0.72), 34);
      b.line(path, look.bottom(), 30.5);
      b.fade(ellipse(side * 38, -48, 19, 13), tint(SHOE, 0.18), shade(SHOE, 0.8));
    }
  }

  private void body(double breath) {
    Path2D torso = new Path2D.Double();
    boolean wide = look.outfit() == Outfit.DRESS || look.outfit() == Outfit.COAT;
    double hem = look.outfit() == Outfit.DRESS ? -46 : look.outfit() == Outfit.COAT ? -58 : -70;
    double flare = look.outfit() == Outfit.DRESS ? 62 : look.outfit() == Outfit.COAT ? 52 : 43;
    if (figure.pose() == Pose.SITTING && wide) {
      hem = -60;
    }
    double top = -176 - breath;
    torso.moveTo(-20, top);
    torso.curveTo(-40, top + 2, -40, top + 22, wide ? -40 : -41, -120);
    torso.curveTo(-46, -96, -flare, hem - 14, -flare, hem);
    torso.quadTo(0, hem + 13, flare, hem);
    torso.curveTo(flare, hem - 14, 46, -96, wide ? 40 : 41, -120);
    torso.curveTo(40, top + 22, 40, top + 2, 20, top);
    torso.closePath();
    b.fill(torso, look.top());
    Shape clip = b.g.getClip();
    b.g.clip(torso);
    b.dab(flare + 4, -110, 26, 90, -0.08, alpha(shade(look.top(), 0.62), 0.4));
    b.dab(-flare + 4, -128, 9, 52, 0.08, alpha(tint(look.top(), 0.6), 0.38));
    details(hem, flare);
    b.g.setClip(clip);
    b.line(torso, alpha(shade(look.top(), 0.55), 0.65), 2.2);
  }

  private void details(double hem, double flare) {
    Color dark = alpha(shade(look.top(), 0.6), 0.75);
    switch (look.outfit()) {
      case JUMPER -> {
        b.line(-flare, hem - 5, flare, hem - 5, dark, 2);
        for (int i = -4; i <= 4; i++) {
          b.line(i * 10, hem - 5, i * 10.4, hem + 8, alpha(dark, 0.5), 1.6);
        }
        if (figure.turn() != Turn.BACK) {
          b.fill(star(0, -118, 12, 5.4), alpha(tint(look.top(), 0.75), 0.9));
        }
      }
      case SHIRT -> {
        if (figure.turn() != Turn.BACK) {
          b.line(0, -165, 0, hem, alpha(dark, 0.5), 1.8);
          for (int i = 0; i < 4; i++) {
            b.oval(0, -146 + i * 22, 3, 3, tint(look.top(), 0.8));
          }
          b.round(12, -134, 18, 20, 6, alpha(dark, 0.35));
        }
      }
      case COAT -> {
        if (figure.turn() != Turn.BACK) {
          b.line(0, -165, 0, hem + 10, dark, 2);
          for (int i = 0; i < 3; i++) {
            b.oval(8, -140 + i * 26, 4.4, 4.4, new Color(0x7b5436));
          }
          b.bow(-34, -92, -24, -84, -14, -92, dark, 3);
          b.bow(14, -92, 24, -84, 34, -92, dark, 3);
        }
      }
      case DRESS -> {
        b.bow(-42, -106, 0, -98, 42, -106, alpha(tint(look.top(), 0.7), 0.9), 5);
        b.bow(-flare, hem - 9, 0, hem + 4, flare, hem - 9, alpha(tint(look.top(), 0.6), 0.8), 4);
        for (int i = -2; i <= 2; i++) {
          b.bow(i * 9, -98, i * 14, -76, i * 22, hem + 4, alpha(dark, 0.35), 1.8);
        }
      }
    }
  }

  static Path2D star(double cx, double cy, double outer, double inner) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 10; i++) {
      double angle = -Math.PI / 2 + i * Math.PI / 5;
      double r = i % 2 == 0 ? outer : inner;
      double x = cx + Math.cos(angle) * r;
      double y = cy + Math.sin(angle) * r;
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  private void arms(double swing, double breath) {
    double s = -158 - breath;
    switch (figure.pose()) {
      case WAVING -> {
        arm(-36, s, -60, s + 34, -62, s + 64);
        arm(36, s + 3, 88, s + 6, 97 + 10 * swing, s - 52 + 3 * Math.abs(swing));
      }
      case REACHING -> {
        arm(-36, s, -56, s + 36, -62, s + 66);
        arm(36, s, 70, s + 8, 100, s - 20 - 5 * swing);
      }
      case HOLDING, SITTING -> {
        arm(-36, s, -58, s + 48, -17, s + 54 + 2 * swing);
        arm(36, s, 58, s + 48, 17, s + 54 + 2 * swing);
      }
      case FLYING -> {
        arm(-36, s, -74, s - 6, -98, s + 8 - 6 * swing);
        arm(36, s, 66, s - 26, 86, s - 56 + 6 * swing);
      }
      case WALKING -> {
        arm(-36, s, -56, s + 36, -58 + 8 - 14 * swing, s + 64);
        arm(36, s, 56, s + 36, 62 - 14 * swing, s + 60);
      }
      case LOOKING_UP, STANDING -> {
        arm(-36, s, -58, s + 34, -58 - 2 * swing, s + 66);
        arm(36, s, 58, s + 34, 58 + 2 * swing, s + 66);
      }
    }
  }

  private void arm(double x1, double y1, double cx, double cy, double x2, double y2) {
    double dx = x2 - cx;
    double dy = y2 - cy;
    double length = Math.max(1, Math.hypot(dx, dy));
    double hx = x2 + dx / length * 9;
    double hy = y2 + dy / length * 9;
    b.oval(hx, hy, 12.5, 12.5, shade(look.skin(), 0.72));
    b.oval(hx, hy, 11, 11, look.skin());
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.quadTo(cx, cy, x2, y2);
    b.line(path, shade(look.top(), 0.68), 26);
    b.line(path, look.top(), 22.5);
    b.dab(x2, y2, 11.5, 3, Math.atan2(dy, dx) + Math.PI / 2, alpha(shade(look.top(), 0.6), 0.6));
  }

  // ---- head

  private double shift() {
    return figure.turn() == Turn.THREE_QUARTER ? 13 : 0;
  }

  /** Hair that falls behind the shoulders. */
  private void backHairBelow(double breath) {
    if (figure.turn() == Turn.BACK) {
      return;
    }
    double lift = breath;
    AffineTransform before = b.g.getTransform();
    b.g.translate(0, -226 - lift);
    if (look.style() == HairStyle.LONG) {
      b.fill(mane(70, 118), shade(look.hair(), 0.84));
    } else if (look.style() == HairStyle.PONYTAIL) {
      tail();
    }
    b.g.setTransform(before);
  }

  private void tail() {
    Path2D path = new Path2D.Double();
    path.moveTo(-40, -40);
    path.curveTo(-104, -66, -112, 30, -74, 84);
    path.curveTo(-62, 56, -52, 20, -40, 0);
    path.closePath();
    b.fill(path, look.hair());
    b.line(path, alpha(shade(look.hair(), 0.6), 0.6), 2.4);
    b.oval(-50, -34, 9, 12, look.top());
  }

  private static Path2D mane(double half, double length) {
    Path2D path = new Path2D.Double();
    path.moveTo(-half + 4, -10);
    path.curveTo(-half - 8, 40, -half - 4, length - 24, -half + 10, length);
    path.quadTo(0, length - 16, half - 10, length);
    path.curveTo(half + 4, length - 24, half + 8, 40, half - 4, -10);
    path.curveTo(half - 8, -80, -half + 8, -80, -half + 4, -10);
    path.closePath();
    return path;
  }

  private void head() {
    Color hair = look.hair();
    Color edge = alpha(shade(hair, 0.58), 0.7);
    boolean back = figure.turn() == Turn.BACK;
    // hair behind the face
    switch (look.style()) {
      case LONG, BOB -> {
        Path2D mane =
            mane(
                look.style() == HairStyle.LONG ? 70 : 71, look.style() == HairStyle.LONG ? 92 : 48);
        b.fill(mane, hair);
        b.line(mane, edge, 2.4);
      }
      case CURLY -> curls(edge);
      case BUNS -> {
        for (int side = -1; side <= 1; side += 2) {
          b.oval(side * 52, -56, 27, 25, hair);
          b.line(ellipse(side * 52, -56, 27, 25), edge, 2.4);
          b.bow(side * 42, -58, side * 54, -72, side * 64, -54, alpha(tint(hair, 0.4), 0.6), 4);
        }
        b.oval(0, -4, 67, 64, hair);
      }
      case BRAIDS -> {
        b.oval(0, -4, 67, 64, hair);
        for (int side = -1; side <= 1; side += 2) {
          for (int i = 0; i < 4; i++) {
            b.oval(side * (64 + 2 * i), 40 + i * 19, 14 - i, 13, hair);
            b.line(ellipse(side * (64 + 2 * i), 40 + i * 19, 14 - i, 13), edge, 2);
          }
          b.oval(side * 72, 110, 8, 6, look.top());
          b.oval(side * 73, 122, 8, 10, hair);
        }
      }
      case SHORT, PONYTAIL -> b.oval(0, -6, 66, 63, hair);
    }
    if (back) {
      b.oval(0, -2, 66, 64, hair);
      b.line(ellipse(0, -2, 66, 64), edge, 2.4);
      strands();
      if (look.style() == HairStyle.CURLY) {
        curls(edge);
      } else if (look.style() == HairStyle.PONYTAIL) {
        Path2D p = new Path2D.Double();
        p.moveTo(-12, -20);
        p.curveTo(-34, 20, -26, 70, 0, 100);
        p.curveTo(26, 70, 34, 20, 12, -20);
        p.closePath();
        b.fill(p, hair);
        b.line(p, edge, 2.4);
        b.oval(0, -20, 14, 8, look.top());
      }
      return;
    }
    face();
    fringe(edge);
  }

  private void curls(Color edge) {
    Color hair = look.hair();
    for (int ring = 0; ring < 2; ring++) {
      int n = 13;
      for (int i = 0; i < n; i++) {
        double angle = Math.PI * (0.86 + 1.28 * i / (n - 1.0));
        double r = ring == 0 ? 66 : 48;
        double size = i % 2 == 0 ? 22 : 18;
        double x = Math.cos(angle) * r;
        double y = Math.sin(angle) * (r - 2) - 2;
        b.line(ellipse(x, y, size, size), edge, 3);
        b.oval(x, y, size, size, hair);
      }
    }
    for (int side = -1; side <= 1; side += 2) {
      b.line(ellipse(side * 64, 34, 17, 17), edge, 3);
      b.oval(side * 64, 34, 17, 17, hair);
    }
    b.oval(0, -8, 60, 58, hair);
    for (int i = 0; i < 11; i++) {
      double angle = Math.PI * (0.9 + 1.2 * i / 10.0);
      double x = Math.cos(angle) * 60;
      double y = Math.sin(angle) * 58 - 4;
      b.bow(
          x - 8,
          y + 4,
          x,
          y - 12,
          x + 8,
          y + 3,
          alpha(i % 2 == 0 ? tint(hair, 0.45) : shade(hair, 0.6), 0.5),
          2.6);
    }
  }

  private void face() {
    Color skin = look.skin();
    Color line = alpha(shade(skin, 0.55), 0.75);
    double s = shift();
    for (int side = -1; side <= 1; side += 2) {
      if (s > 0 && side > 0) {
        continue;
      }
      b.oval(side * 59, 10, 10, 12, skin);
      b.line(ellipse(side * 59, 10, 10, 12), alpha(line, 0.5), 1.8);
    }
    Path2D face = new Path2D.Double();
    face.moveTo(-57, -4);
    face.curveTo(-58, -66, 58, -66, 57, -4);
    face.curveTo(62, 30, 34, 57, 0 + s * 0.4, 58);
    face.curveTo(-34, 57, -62, 30, -57, -4);
    face.closePath();
    b.fill(face, skin);
    Shape clip = b.g.getClip();
    b.g.clip(face);
    b.dab(62, 24, 20, 56, 0.2, alpha(shade(skin, 0.66), 0.22));
    b.g.setClip(clip);
    b.line(face, alpha(line, 0.55), 2);
    Color blush = mix(new Color(0xe8604f), skin, 0.25);
    b.glow(-34 + s, 25, 17, blush, 0.5);
    b.glow(36 + s * 0.9, 25, 16, blush, 0.5);
    if (ColourWords.distance(skin, new Color(0xf8d8c0)) < 120 && look.hair().getRed() > 150) {
      for (int i = -1; i <= 1; i++) {
        b.oval(-30 + s + i * 6, 20 + Math.abs(i) * 3, 1.5, 1.5, alpha(shade(skin, 0.6), 0.6));
        b.oval(32 + s + i * 6, 20 + Math.abs(i) * 3, 1.5, 1.5, alpha(shade(skin, 0.6), 0.6));
      }
    }
    eyes(s);
    b.bow(-4 + s * 1.4, 18, 2 + s * 1.4, 24, 6 + s * 1.4, 17, line, 2.8);
    mouth(s * 1.2, line);
    if (look.glasses()) {
      Color frame = new Color(0x4a3a3a);
      b.line(ellipse(-24 + s, 4, 19, 18), frame, 3);
      b.line(ellipse(25 + s, 4, 19, 18), frame, 3);
      b.bow(-5 + s, 3, 0.5 + s, -2, 6 + s, 3, frame, 3);
    }
  }

  private void eyes(double s) {
    Color dark = new Color(0x33232a);
    Color brow = shade(look.hair(), 0.7);
    Mood mood = figure.mood();
    // one blink per cycle
    boolean blink = figure.phase() > 0.86 && figure.phase() < 0.95;
    double browY = mood == Mood.SURPRISED ? -27 : -20;
    double inner = mood == Mood.WORRIED ? -6 : mood == Mood.PROUD ? 3 : -1;
    for (int side = -1; side <= 1; side += 2) {
      double x = side * 24 + s;
      b.bow(x - side * 11, browY + inner, x, browY - 5, x + side * 11, browY + 2, brow, 4.2);
      if (mood == Mood.SLEEPY || blink) {
        b.bow(x - 11, 4, x, 13, x + 11, 4, dark, 3.4);
        continue;
      }
      double big = mood == Mood.SURPRISED ? 1.18 : 1;
      double lookX = figure.turn() == Turn.THREE_QUARTER ? 2.5 : 0;
      double lookY =
          figure.pose() == Pose.LOOKING_UP ? -3.5 : figure.pose() == Pose.HOLDING ? 2 : 0;
      b.oval(x, 4, 12.5 * big, 14.5 * big, new Color(0xfffaf2));
      b.oval(x + lookX, 5 + lookY, 9.4 * big, 11.4 * big, look.eyes());
      b.oval(x + lookX, 5.5 + lookY, 5.4 * big, 7 * big, dark);
      b.oval(x + lookX + 3, 0.5 + lookY, 3.2, 3.6, Color.WHITE);
      b.oval(x + lookX - 3, 9 + lookY, 1.7, 1.7, alpha(Color.WHITE, 0.8));
      b.bow(x - 12.5 * big, 1, x, -14 * big - 2, x + 12.5 * big, 1, dark, 3);
      if (look.style() != HairStyle.SHORT) {
        b.line(x + side * 12 * big, 0, x + side * 15.5 * big, -4, dark, 2.4);
      }
    }
  }

  private void mouth(double s, Color line) {
    Color lip = mix(new Color(0x9b2f34), line, 0.25);
    switch (figure.mood()) {
      case HAPPY -> {
        Path2D open = new Path2D.Double();
        open.moveTo(-16 + s, 32);
        open.quadTo(s, 37, 16 + s, 32);
        open.quadTo(14 + s, 49, s, 49);
        open.quadTo(-14 + s, 49, -16 + s, 32);
        open.closePath();
        b.fill(open, new Color(0x8c2c34));
        Shape clip = b.g.getClip();
        b.g.clip(open);
        b.oval(s, 49, 9, 7, new Color(0xe77a77));
        b.oval(s, 32, 13, 4, new Color(0xfffaf2));
        b.g.setClip(clip);
      }
      case WORRIED -> b.bow(-10 + s, 42, s, 32, 10 + s, 42, lip, 3.6);
      case SURPRISED -> b.oval(s, 40, 7, 9, new Color(0x8c2c34));
      case SLEEPY -> b.oval(s, 38, 5, 4, lip);
      case PROUD -> b.bow(-15 + s, 33, s + 2, 48, 17 + s, 31, lip, 4);
      case CALM -> b.bow(-10 + s, 35, s, 43, 10 + s, 35, lip, 3.6);
    }
  }

  private void fringe(Color edge) {
    Color hair = look.hair();
    double s = shift() * 0.7;
    Path2D p = new Path2D.Double();
    switch (look.style()) {
      case CURLY -> {
        for (int i = 0; i < 6; i++) {
          double x = -48 + i * 19;
          double y = -36 - 9 * Math.sin(Math.PI * i / 5.0);
          b.line(ellipse(x, y, 16, 14), edge, 2.6);
          b.oval(x, y, 16, 14, hair);
          b.bow(x - 7, y + 2, x, y - 10, x + 7, y + 1, alpha(tint(hair, 0.45), 0.5), 2.4);
        }
        b.oval(0, -46, 48, 16, hair);
        for (int i = 0; i < 5; i++) {
          b.bow(
              -38 + i * 18,
              -46,
              -30 + i * 18,
              -60,
              -22 + i * 18,
              -47,
              alpha(shade(hair, 0.6), 0.4),
              2.4);
        }
        return;
      }
      case LONG, BRAIDS -> {
        // centre parting
        p.moveTo(-68, 6);
        p.curveTo(-76, -84, 76, -84, 68, 6);
        p.curveTo(62, -10, 50, -40, 4 + s, -46);
        p.curveTo(-46, -40, -60, -12, -68, 6);
      }
      case BOB -> {
        // straight fringe
        p.moveTo(-69, 22);
        p.curveTo(-78, -88, 78, -88, 69, 22);
        p.curveTo(62, 16, 58, -2, 54, -20);
        p.quadTo(s, -30, -52, -20);
        p.curveTo(-58, -2, -62, 14, -69, 22);
      }
      case SHORT, PONYTAIL, BUNS -> {
        // swept to the side
        p.moveTo(-66, 8);
        p.curveTo(-78, -86, 74, -90, 67, 6);
        p.curveTo(64, -10, 60, -22, 52, -30);
        p.curveTo(30, -22, 6, -26, -12 + s, -44);
        p.curveTo(-20, -30, -44, -20, -56, -18);
        p.curveTo(-62, -8, -64, 0, -66, 8);
      }
    }
    p.closePath();
    b.fill(p, hair);
    b.line(p, edge, 2.2);
    strands();
    if (look.style() == HairStyle.SHORT) {
      b.bow(6, -66, 14, -84, 26, -80, hair, 6);
      b.bow(-4, -66, -4, -80, 6, -82, hair, 5);
    }
  }

  private void strands() {
    Color hair = look.hair();
    Color light = alpha(tint(hair, 0.5), 0.5);
    Color dark = alpha(shade(hair, 0.62), 0.5);
    b.bow(-46, -30, -34, -58, -4, -62, light, 4);
    b.bow(-52, -16, -46, -40, -34, -48, light, 3);
    b.bow(20, -60, 46, -54, 54, -22, dark, 2.6);
    b.bow(6, -58, 30, -52, 40, -34, dark, 2.2);
    b.bow(-20, -58, -40, -50, -54, -24, dark, 2);
  }
}
