package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;
import static app.infinitestories.local.studio.picture.Brush.ellipse;
import static app.infinitestories.local.studio.picture.Brush.mix;
import static app.infinitestories.local.studio.picture.Brush.shade;
import static app.infinitestories.local.studio.picture.Brush.shape;
import static app.infinitestories.local.studio.picture.Brush.tint;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Rooms: wall, window with the time of day behind it, floor, furniture, a warm lamp. */
final class Interiors {
  private static final Color WOOD = new Color(0xa87649);

  private final Stage s;
  private final TimeOfDay light;
  private final Place place;
  private final double windowX;

  private Interiors(Stage s) {
    this.s = s;
    this.light = s.plan.time();
    this.place = s.plan.place();
    this.windowX = s.width * (Math.floorMod(s.seed, 2) == 0 ? 0.24 : 0.74);
  }

  static void build(Stage stage) {
    new Interiors(stage).build();
  }

  /** Rooms keep more of their own colour than a landscape: the lamp is on. */
  private Color lit(Color c) {
    return mix(c, light.lit(c), 0.55);
  }

  private void build() {
    Color wall =
        new Color(
            switch (place) {
              case BEDROOM -> 0xb9c9dc;
              case KITCHEN -> 0xf2dfb4;
              case CLASSROOM -> 0xd9dfc4;
              case LIBRARY -> 0xb98a64;
              case ATTIC -> 0xc9a27a;
              case TRAIN -> 0xb5604f;
              default -> 0x8fa3c4;
            });
    s.plate(0.1, b -> wall(b, wall));
    s.plate(0.35, this::furniture);
    s.plate(0.7, b -> floor(b));
    s.particles(1.1, Stage.Particle.DUST, 22);
    s.smoothPlate(1.4, this::foreground);
  }

  private void wall(Brush b, Color wall) {
    b.gouache(s.all(), lit(tint(wall, 0.16)), lit(shade(wall, 0.86)), 240, 80);
    if (place == Place.BEDROOM || place == Place.KITCHEN) {
      for (int row = 0; row < 12; row++) {
        for (double x = s.left() + (row % 2) * 45; x < s.right(); x += 90) {
          double y = -60 + row * 66;
          b.g.setPaint(alpha(tint(wall, 0.6), 0.35));
          b.g.fill(place == Place.BEDROOM ? HeroPainter.star(x, y, 9, 4) : ellipse(x, y, 7, 7));
        }
      }
    } else if (place == Place.ATTIC || place == Place.TRAIN) {
      for (double x = s.left(); x < s.right(); x += 74) {
        b.line(x, -130, x, 760, alpha(shade(wall, 0.6), 0.35), 3);
      }
    }
    if (place == Place.ROCKET_CABIN) {
      porthole(b);
    } else if (place == Place.TRAIN) {
      for (int i = 0; i < 3; i++) {
        window(b, s.width * (0.18 + i * 0.32), 340, 190, 250);
      }
    } else if (place == Place.ATTIC) {
      roundWindow(b, s.width * 0.5, 270, 130);
      b.gouache(
          shape(s.left(), -130, s.width * 0.34, -130, s.left(), 620),
          lit(shade(WOOD, 0.9)),
          lit(shade(WOOD, 0.65)),
          60,
          50);
      b.gouache(
          shape(s.right(), -130, s.width * 0.66, -130, s.right(), 620),
          lit(shade(WOOD, 0.9)),
          lit(shade(WOOD, 0.65)),
          60,
          50);
      for (int i = 0; i < 2; i++) {
        double x = i == 0 ? s.width * 0.34 : s.width * 0.66;
        double end = i == 0 ? s.left() : s.right();
        b.line(x, -130, end, 620, lit(shade(WOOD, 0.5)), 26);
      }
    } else {
      window(b, windowX, 320, 240, 300);
    }
    b.glow(s.width - windowX, 330, 520, new Color(0xffdf9c), light.dark() ? 0.55 : 0.32);
  }

  private void view(Brush b, Rectangle2D pane) {
    b.fade(pane, light.zenith(), light.horizon());
    java.awt.Shape clip = b.g.getClip();
    b.g.clip(pane);
    double cx = pane.getCenterX();
    double w = pane.getWidth();
    if (light.dark()) {
      for (int i = 0; i < 24; i++) {
        b.oval(
            b.between(pane.getMinX(), pane.getMaxX()),
            b.between(pane.getMinY(), pane.getMaxY()),
            2,
            2,
            alpha(Color.WHITE, 0.9));
      }
    }
    b.glow(cx + w * 0.2, pane.getMinY() + 70, 130, light.sun(), 0.7);
    b.oval(cx + w * 0.2, pane.getMinY() + 70, 26, 26, tint(light.sun(), 0.5));
    b.fill(
        b.blob(cx - w * 0.3, pane.getMaxY() + 20, w * 0.6, 90, 0.08),
        light.hazed(new Color(0x84ac68), 0.5));
    b.fill(
        b.blob(cx + w * 0.4, pane.getMaxY() + 30, w * 0.6, 80, 0.08),
        light.hazed(new Color(0x6f9f5c), 0.3));
    b.g.setClip(clip);
  }

  private void window(Brush b, double cx, double cy, double w, double h) {
    Color frame = lit(new Color(0xfaf2e4));
    b.round(cx - w / 2 - 16, cy - h / 2 - 16, w + 32, h + 32, 12, shade(frame, 0.82));
    b.round(cx - w / 2 - 12, cy - h / 2 - 12, w + 24, h + 24, 10, frame);
    view(b, new Rectangle2D.Double(cx - w / 2, cy - h / 2, w, h));
    b.line(cx, cy - h / 2, cx, cy + h / 2, frame, 9);
    b.line(cx - w / 2, cy, cx + w / 2, cy, frame, 9);
    Color cloth =
        lit(
            new Color(
                place == Place.KITCHEN ? 0xe08a6a : place == Place.TRAIN ? 0xe0b45a : 0xe6a0a0));
    for (int side = -1; side <= 1; side += 2) {
      Path2D curtain = new Path2D.Double();
      double x = cx + side * (w / 2 + 34);
      curtain.moveTo(x, cy - h / 2 - 34);
      curtain.lineTo(x - side * w * 0.42, cy - h / 2 - 34);
      curtain.quadTo(x - side * w * 0.32, cy + h * 0.1, x - side * 30, cy + h * 0.2);
      curtain.quadTo(x - side * 40, cy + h * 0.4, x - side * 46, cy + h / 2 + 34);
      curtain.lineTo(x + side * 8, cy + h / 2 + 34);
      curtain.closePath();
      b.gouache(curtain, tint(cloth, 0.15), shade(cloth, 0.82), 24, 26);
    }
    b.line(
        cx - w / 2 - 54,
        cy - h / 2 - 34,
        cx + w / 2 + 54,
        cy - h / 2 - 34,
        lit(shade(WOOD, 0.8)),
        10);
  }

  private void roundWindow(Brush b, double cx, double cy, double r) {
    b.oval(cx, cy, r + 18, r + 18, lit(shade(WOOD, 0.6)));
    java.awt.Shape clip = b.g.getClip();
    b.g.clip(ellipse(cx, cy, r, r));
    view(b, new Rectangle2D.Double(cx - r, cy - r, 2 * r, 2 * r));
    b.g.setClip(clip);
    b.line(cx, cy - r, cx, cy + r, lit(shade(WOOD, 0.7)), 9);
    b.line(cx - r, cy, cx + r, cy, lit(shade(WOOD, 0.7)), 9);
    b.g.setPaint(alpha(light.sun(), 0.2));
    b.g.fill(shape(cx - r, cy, cx + r, cy, cx + r * 2.6, 1000, cx - r * 1.1, 1000));
  }

  private void porthole(Brush b) {
    for (int i = 0; i < 3; i++) {
      double x = s.width * (0.16 + i * 0.34);
      double r = i == 1 ? 190 : 110;
      b.oval(x, 330, r + 30, r + 30, new Color(0x5f7196));
      b.oval(x, 330, r + 20, r + 20, new Color(0xcfd9e6));
      b.fade(ellipse(x, 330, r, r), new Color(0x12143f), new Color(0x4c3f86));
      for (int k = 0; k < 40; k++) {
        double a = b.between(0, 6.28);
        double d = Math.sqrt(b.random.nextDouble()) * r * 0.95;
        double size = b.between(1, 2.8);
        b.oval(x + Math.cos(a) * d, 330 + Math.sin(a) * d, size, size, new Color(0xfff4d4));
      }
      b.oval(
          x + r * 0.3, 330 + r * 0.2, r * 0.34, r * 0.34, new Color(i == 1 ? 0x6fb3d8 : 0xe8a070));
      b.oval(x + r * 0.24, 330 + r * 0.12, r * 0.2, r * 0.13, alpha(Color.WHITE, 0.35));
      b.bow(
          x - r * 0.8,
          280,
          x - r * 0.6,
          330 - r * 0.8,
          x,
          330 - r * 0.88,
          alpha(Color.WHITE, 0.5),
          9);
      for (int k = 0; k < 10; k++) {
        double a = k * Math.PI / 5;
        b.oval(x + Math.cos(a) * (r + 20), 330 + Math.sin(a) * (r + 20), 5, 5, new Color(0x4d5d80));
      }
    }
  }

  private void furniture(Brush b) {
    double side = s.width - windowX;
    switch (place) {
      case BEDROOM -> {
        shelf(b, side, 200, 300);
        b.gouache(
            shape(side - 300, 800, side - 300, 520, side - 260, 520, side - 260, 800),
            lit(WOOD),
            lit(shade(WOOD, 0.8)),
            20,
            20);
        b.gouache(
            b.blob(side - 175, 610, 90, 46, 0.05),
            lit(new Color(0xfbf5ea)),
            lit(new Color(0xdcd3cc)),
            14,
            20);
        Path2D quilt = new Path2D.Double();
        quilt.moveTo(side - 262, 640);
        quilt.curveTo(side - 120, 590, side + 150, 600, side + 300, 640);
        quilt.lineTo(side + 310, 800);
        quilt.lineTo(side - 262, 800);
        quilt.closePath();
        b.gouache(quilt, lit(new Color(0xe8917a)), lit(new Color(0xb9605c)), 40, 30);
        for (int i = 0; i < 15; i++) {
          b.g.setPaint(lit(new Color(i % 2 == 0 ? 0xf6d79a : 0xf3b7a0)));
          b.g.fill(HeroPainter.star(side - 220 + (i % 5) * 110, 660 + (i / 5) * 48, 14, 7));
        }
      }
      case KITCHEN -> {
        shelf(b, side, 250, 300);
        b.gouache(
            rect(s.left(), 590, s.right(), 800),
            lit(new Color(0x8fb0a8)),
            lit(new Color(0x66908a)),
            60,
            40);
        b.gouache(rect(s.left(), 566, s.right(), 598), lit(tint(WOOD, 0.3)), lit(WOOD), 30, 40);
        for (double x = s.left() + 20; x < s.right(); x += 150) {
          b.round(x, 620, 126, 150, 10, lit(new Color(0x9cbcb3)));
          b.oval(x + 108, 690, 6, 6, lit(new Color(0xe8c877)));
        }
        b.round(side - 60, 490, 120, 78, 20, lit(new Color(0xd9584a)));
        b.line(side - 74, 512, side - 60, 512, lit(shade(WOOD, 0.5)), 12);
        b.line(side + 74, 512, side + 60, 512, lit(shade(WOOD, 0.5)), 12);
        for (int i = 0; i < 4; i++) {
          b.oval(
              side - 30 + b.between(0, 60),
              470 - i * 42,
              26 + i * 8,
              18 + i * 4,
              alpha(Color.WHITE, 0.22 - i * 0.04));
        }
        b.oval(windowX, 548, 70, 20, lit(new Color(0xf4ead8)));
        for (int i = 0; i < 5; i++) {
          b.oval(
              windowX - 40 + i * 20,
              534 - (i % 2) * 13,
              17,
              17,
              lit(new Color(i % 2 == 0 ? 0xd9503f : 0xeab04a)));
        }
      }
      case CLASSROOM -> {
        b.round(side - 270, 160, 540, 330, 12, lit(WOOD));
        b.gouache(
            rect(side - 254, 176, side + 254, 474),
            lit(new Color(0x3f6a58)),
            lit(new Color(0x35594c)),
            60,
            60);
        b.bow(side - 190, 380, side - 90, 200, side, 380, alpha(new Color(0xf6f2e0), 0.8), 6);
        b.oval(side + 130, 280, 46, 46, alpha(new Color(0xf6e2a0), 0.7));
        for (int i = 0; i < 8; i++) {
          double a = i * Math.PI / 4;
          b.line(
              side + 130 + Math.cos(a) * 60,
              280 + Math.sin(a) * 60,
              side + 130 + Math.cos(a) * 84,
              280 + Math.sin(a) * 84,
              alpha(new Color(0xf6e2a0), 0.7),
              6);
        }
        for (int i = 0; i < 3; i++) {
          double x = s.width * (0.14 + i * 0.36);
          b.gouache(
              shape(x - 130, 690, x - 110, 650, x + 110, 650, x + 130, 690),
              lit(tint(WOOD, 0.25)),
              lit(WOOD),
              20,
              24);
          b.line(x - 110, 692, x - 110, 800, lit(shade(WOOD, 0.7)), 12);
          b.line(x + 110, 692, x + 110, 800, lit(shade(WOOD, 0.7)), 12);
        }
      }
      case LIBRARY -> {
        for (int i = 0; i < 4; i++) {
          shelf(b, side, 60 + i * 190, 560);
          if (i > 1) {
            shelf(b, windowX, 60 + i * 190, 400);
          }
        }
        b.line(side - 60, 800, side + 20, 20, lit(tint(WOOD, 0.2)), 13);
        b.line(side + 10, 800, side + 90, 20, lit(tint(WOOD, 0.2)), 13);
        for (int i = 0; i < 11; i++) {
          b.line(
              side - 54 + i * 7.4, 740 - i * 68, side + 16 + i * 7.4, 740 - i * 68, lit(WOOD), 9);
        }
      }
      case ATTIC -> {
        for (int i = 0; i < 5; i++) {
          double x = s.width * (0.06 + i * 0.22);
          double w = b.between(110, 170);
          double h = b.between(90, 180);
          Color c = lit(new Color(i % 2 == 0 ? 0xc89a62 : 0x8f6a55));
          b.gouache(rect(x - w / 2, 790 - h, x + w / 2, 800), tint(c, 0.1), shade(c, 0.8), 30, 24);
          b.line(x - w / 2, 790 - h + 30, x + w / 2, 790 - h + 30, shade(c, 0.6), 5);
        }
      }
      case TRAIN -> {
        for (int i = 0; i < 2; i++) {
          double x = i == 0 ? s.width * 0.04 : s.width * 0.96;
          b.gouache(
              b.blob(x, 640, 190, 200, 0.03),
              lit(new Color(0x3f7a70)),
              lit(new Color(0x2c5a55)),
              50,
              40);
        }
        b.line(s.left(), 110, s.right(), 110, lit(new Color(0xe0c07a)), 12);
        for (int i = 0; i < 4; i++) {
          b.gouache(
              shape(
                  s.width * 0.2 * (i + 0.4),
                  104,
                  s.width * 0.2 * (i + 0.4),
                  50,
                  s.width * 0.2 * (i + 0.4) + 120,
                  50,
                  s.width * 0.2 * (i + 0.4) + 120,
                  104),
              lit(new Color(0x9a6a48)),
              lit(new Color(0x74503c)),
              14,
              20);
        }
      }
      default -> {
        b.gouache(
            rect(s.left(), 620, s.right(), 800), new Color(0x6f83a8), new Color(0x4d5f85), 60, 50);
        int[] lamps = {0xf26a5a, 0xf6c85a, 0x7ad0a0, 0x6fc0f0};
        for (int i = 0; i < 26; i++) {
          double x = s.left() + i * (s.width + 260) / 26;
          Color c = new Color(lamps[b.random.nextInt(4)]);
          b.glow(x, 664, 26, c, 0.6);
          b.oval(x, 664, 9, 9, c);
          b.round(x - 14, 700, 30, 16, 6, new Color(0xcfd9e6));
        }
      }
    }
  }

  private void shelf(Brush b, double cx, double y, double w) {
    b.gouache(
        rect(cx - w / 2, y + 110, cx + w / 2, y + 126),
        lit(tint(WOOD, 0.15)),
        lit(shade(WOOD, 0.75)),
        10,
        20);
    int[] spines = {0xc9584a, 0x4f86a8, 0xe0ae4a, 0x6d9a64, 0x8a6aa8, 0xe8d3a8};
    double x = cx - w / 2 + 14;
    while (x < cx + w / 2 - 40) {
      double bw = b.between(16, 34);
      double h = b.between(64, 104);
      Color c = lit(new Color(spines[b.random.nextInt(spines.length)]));
      if (place == Place.KITCHEN) {
        b.fade(
            new java.awt.geom.RoundRectangle2D.Double(
                x, y + 110 - h * 0.7, bw * 1.6, h * 0.7, 14, 14),
            tint(c, 0.3),
            shade(c, 0.85));
        x += bw * 1.6 + 12;
      } else {
        b.fade(rect(x, y + 110 - h, x + bw, y + 110), tint(c, 0.12), shade(c, 0.85));
        b.line(x + 4, y + 126 - h, x + bw - 4, y + 126 - h, alpha(new Color(0xf6e6c0), 0.7), 3);
        x += bw + b.between(0, 4) + (b.random.nextInt(7) == 0 ? 40 : 0);
      }
    }
  }

  private void floor(Brush b) {
    Color wood =
        place == Place.ROCKET_CABIN
            ? new Color(0x8593b0)
            : place == Place.KITCHEN ? new Color(0xd9b890) : WOOD;
    b.gouache(
        rect(s.left(), 790, s.right(), s.floor()),
        lit(tint(wood, 0.1)),
        lit(shade(wood, 0.72)),
        160,
        70);
    for (int i = -9; i <= 9; i++) {
      b.line(
          s.width / 2 + i * 110,
          792,
          s.width / 2 + i * 190,
          s.floor(),
          alpha(shade(wood, 0.5), 0.4),
          3);
    }
    b.gouache(
        rect(s.left(), 776, s.right(), 796), lit(tint(wood, 0.45)), lit(tint(wood, 0.1)), 20, 40);
    Color rug =
        lit(
            new Color(
                place == Place.BEDROOM ? 0x6f9fb5 : place == Place.LIBRARY ? 0xa8453f : 0xd99a6a));
    b.gouache(
        ellipse(s.width / 2, 930, s.width * 0.36, 96), tint(rug, 0.1), shade(rug, 0.85), 60, 50);
    b.line(ellipse(s.width / 2, 930, s.width * 0.33, 82), alpha(tint(rug, 0.6), 0.8), 7);
    b.glow(s.width - windowX, 880, 420, new Color(0xffe2a8), 0.25);
  }

  private void foreground(Brush b) {
    double x = windowX < s.width / 2 ? s.width - 20 : 20;
    double in = windowX < s.width / 2 ? -1 : 1;
    Color pot = lit(shade(new Color(0xb9644a), 0.7));
    for (int i = 0; i < 10; i++) {
      Flora.leaf(
          b,
          x,
          950,
          x + in * b.between(-60, 190),
          b.between(640, 860),
          0.3,
          lit(shade(new Color(0x5f9460), b.between(0.5, 0.72))));
    }
    b.gouache(
        shape(x - 100, 930, x + 100, 930, x + 76, 1130, x - 76, 1130),
        pot,
        shade(pot, 0.7),
        20,
        24);
  }

  private static Rectangle2D rect(double x0, double y0, double x1, double y1) {
    return new Rectangle2D.Double(x0, y0, x1 - x0, y1 - y0);
  }
}
