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

/** Landscapes: sky, far, middle and near ground of every place under the open sky. */
final class Outdoors {
  private static final Color WOOD = new Color(0x7d5a44);

  private final Stage s;
  private final TimeOfDay light;
  private final Place place;
  private final boolean snow;
  private final double sunX;

  private Outdoors(Stage s) {
    this.s = s;
    this.light = s.plan.time();
    this.place = s.plan.place();
    this.snow = s.plan.weather() == Weather.SNOW || place == Place.SNOW_FIELD;
    this.sunX = s.width * (Math.floorMod(s.seed, 2) == 0 ? 0.2 : 0.78);
  }

  static void build(Stage stage) {
    new Outdoors(stage).build();
  }

  private void build() {
    switch (place) {
      case UNDERWATER -> underwater();
      case SPACE, MOON -> cosmos();
      case CAVE -> cave();
      default -> {
        sky();
        landscape();
      }
    }
  }

  // ---- sky

  private void sky() {
    boolean grey = s.plan.weather() == Weather.RAIN;
    Color zenith =
        grey ? mix(light.zenith(), light.lit(new Color(0x8391a3)), 0.65) : light.zenith();
    Color middle =
        grey ? mix(light.middle(), light.lit(new Color(0xa7b2bd)), 0.65) : light.middle();
    Color horizon =
        grey ? mix(light.horizon(), light.lit(new Color(0xcfd6d8)), 0.6) : light.horizon();
    s.plate(
        0,
        b -> {
          b.fade(rect(-Stage.MARGIN, 330), zenith, middle);
          b.fade(rect(329, 720), middle, horizon);
          b.fill(rect(719, s.floor()), horizon);
          for (int i = 0; i < 150; i++) {
            double y = b.between(-60, 700);
            Color base =
                y < 330 ? mix(zenith, middle, y / 330) : mix(middle, horizon, (y - 330) / 390);
            Color c = b.random.nextBoolean() ? tint(base, 0.3) : mix(base, zenith, 0.35);
            b.dab(
                b.between(s.left(), s.right()),
                y,
                b.between(60, 190),
                b.between(7, 24),
                b.between(-0.08, 0.08),
                alpha(c, 0.1));
          }
          if (light.dark()) {
            stars(b, light == TimeOfDay.STARRY ? 190 : 95);
          }
          sunOrMoon(b, grey);
        });
    s.plate(0.06, b -> clouds(b, grey ? 11 : 6, grey));
    if (light.dark() && !grey) {
      s.particles(0.05, Stage.Particle.DUST, 14);
    }
  }

  private void stars(Brush b, int count) {
    for (int i = 0; i < count; i++) {
      double x = b.between(s.left(), s.right());
      double y = Math.pow(b.random.nextDouble(), 1.4) * 560 - 40;
      double r = b.between(0.8, 2.6);
      b.oval(x, y, r, r, alpha(new Color(0xfff6dc), b.between(0.5, 1)));
      if (i % 14 == 0) {
        b.glow(x, y, 15, new Color(0xfff2c8), 0.6);
        b.fill(HeroPainter.star(x, y, 7, 2.6), new Color(0xfff6dc));
      }
    }
  }

  private void sunOrMoon(Brush b, boolean grey) {
    double y = light == TimeOfDay.SUNSET || light == TimeOfDay.DAWN ? 430 : 215;
    if (grey) {
      b.glow(sunX, y, 330, light.sun(), 0.3);
      return;
    }
    b.glow(sunX, y, light.dark() ? 300 : 560, light.sun(), light.dark() ? 0.45 : 0.75);
    b.glow(sunX, y, 150, light.sun(), 0.7);
    double r = light.dark() ? 44 : 54;
    b.oval(sunX, y, r, r, light.dark() ? new Color(0xfff1cf) : tint(light.sun(), 0.55));
    if (light.dark()) {
      b.oval(sunX - 12, y - 9, 10, 8, alpha(new Color(0xd9c79e), 0.5));
      b.oval(sunX + 13, y + 11, 13, 10, alpha(new Color(0xd9c79e), 0.45));
    }
  }

  private void clouds(Brush b, int count, boolean grey) {
    Color body =
        grey
            ? light.lit(new Color(0xb4bcc6))
            : light.dark() ? new Color(0x6470a8) : tint(light.horizon(), 0.45);
    Color belly = mix(body, light.middle(), 0.55);
    for (int i = 0; i < count; i++) {
      double x = s.left() + (i + b.between(0.1, 0.9)) * (s.width + 2 * Stage.MARGIN) / count;
      double y = b.between(70, 400);
      double size = b.between(34, 70) * (1.15 - y / 800);
      double opacity = light.dark() ? 0.4 : 0.82;
      for (int j = 0; j < 7; j++) {
        double dx = (j - 3) * size * 0.62;
        double r = size * (1 - Math.abs(j - 3) * 0.2) * b.between(0.8, 1.1);
        b.fade(
            ellipse(x + dx, y - r * 0.42, r * 0.95, r * 0.72),
            alpha(body, opacity),
            alpha(belly, opacity * 0.5));
      }
      for (int j = 0; j < 4; j++) {
        b.dab(
            x + b.between(-1.4, 1.4) * size,
            y - size * b.between(0.1, 0.6),
            size * 0.55,
            size * 0.14,
            0,
            alpha(tint(body, 0.5), 0.28));
      }
    }
  }

  // ---- land

  private void landscape() {
    switch (place) {
      case BEACH, ISLAND -> sea();
      case MOUNTAINS, SNOW_FIELD -> peaks();
      case DESERT -> dunes();
      case CITY -> skyline();
      default -> hills();
    }
    Color near = ground();
    s.plate(0.86, b -> nearGround(b, near));
    if (place == Place.RIVER) {
      s.plate(0.88, this::river);
    }
    if (place == Place.MARKET) {
      s.plate(0.8, this::stalls);
    }
    foreground();
  }

  private Color ground() {
    if (snow) {
      return new Color(0xf1f1f8);
    }
    return switch (place) {
      case BEACH, ISLAND -> new Color(0xf0d7a4);
      case DESERT -> new Color(0xe9b873);
      case CITY -> new Color(0xb9aea6);
      case MARKET, VILLAGE -> new Color(0xcdb98a);
      case FOREST, TREEHOUSE -> new Color(0x6d8f4c);
      case MOUNTAINS -> new Color(0x8aa866);
      default -> s.plan.weather() == Weather.WIND ? new Color(0xa9a24f) : new Color(0x86b05a);
    };
  }

  private Color leafColour(Brush b) {
    int[] leaves =
        s.plan.weather() == Weather.WIND
            ? new int[] {0xd98b3a, 0xc9643a, 0xe0b04a, 0x9c9a48}
            : new int[] {0x6fa355, 0x5b944f, 0x84ae58, 0x4f8a58};
    return new Color(leaves[b.random.nextInt(leaves.length)]);
  }

  private void hills() {
    Color green =
        snow
            ? new Color(0xdfe4f2)
            : s.plan.weather() == Weather.WIND ? new Color(0xb7a258) : new Color(0x7fae62);
    s.plate(
        0.18,
        b -> {
          b.gouache(
              b.ridge(s.left(), s.right(), 560, 70, 0.4, s.floor()),
              light.hazed(mix(green, new Color(0x6f8fb5), 0.5), 0.95),
              light.hazed(green, 0.8),
              70,
              60);
          b.gouache(
              b.ridge(s.left(), s.right(), 610, 50, 0.42, s.floor()),
              light.hazed(mix(green, new Color(0x6f9fa5), 0.3), 0.7),
              light.hazed(green, 0.55),
              70,
              60);
        });
    s.plate(
        0.4,
        b -> {
          b.gouache(
              b.ridge(s.left(), s.right(), 665, 38, 0.4, s.floor()),
              light.hazed(green, 0.5),
              light.hazed(shade(green, 0.9), 0.35),
              90,
              60);
          middleGround(b);
        });
    if (place == Place.FOREST || place == Place.TREEHOUSE) {
      s.plate(0.6, this::trunks);
    }
  }

  private void middleGround(Brush b) {
    double hazeFar = 0.5;
    switch (place) {
      case CASTLE -> castle(b, s.width * (sunX < s.width / 2 ? 0.68 : 0.32), 660, 1.25);
      case VILLAGE, MARKET -> {
        for (int i = 0; i < 8; i++) {
          house(
              b,
              s.left() + (i + 0.5) * (s.width + 260) / 8 + b.between(-20, 20),
              690 + b.between(-20, 20),
              b.between(0.8, 1.15));
        }
      }
      case FOREST, TREEHOUSE -> {
        for (int i = 0; i < 34; i++) {
          double x = s.left() + (i + b.random.nextDouble()) * (s.width + 260) / 34;
          Color c = light.hazed(leafColour(b), b.between(0.45, 0.8));
          if (i % 3 == 0) {
            Flora.conifer(
                b, x, 690, b.between(200, 330), shade(c, 0.85), light.hazed(WOOD, 0.6), snow);
          } else {
            Flora.roundTree(b, x, 690, b.between(220, 340), c, light.hazed(WOOD, 0.6));
          }
        }
        return;
      }
      default -> {}
    }
    int trees = place == Place.VILLAGE || place == Place.MARKET ? 6 : 12;
    for (int i = 0; i < trees; i++) {
      double x = s.left() + (i + b.random.nextDouble()) * (s.width + 260) / trees;
      double h = b.between(70, 150);
      Color c = light.hazed(snow ? new Color(0x7e9c98) : leafColour(b), hazeFar * 0.8);
      if (snow || b.random.nextInt(4) == 0) {
        Flora.conifer(b, x, 705 + b.between(-16, 18), h, c, light.hazed(WOOD, 0.4), snow);
      } else {
        Flora.roundTree(b, x, 705 + b.between(-16, 18), h, c, light.hazed(WOOD, 0.4));
      }
    }
    if (place == Place.GARDEN) {
      for (double x = s.left(); x < s.right(); x += 34) {
        b.polygon(
            light.lit(new Color(0xf4ecdd)), x, 760, x, 690, x + 11, 678, x + 22, 690, x + 22, 760);
      }
      b.line(s.left(), 706, s.right(), 706, light.lit(new Color(0xe6dcc8)), 9);
      b.line(s.left(), 742, s.right(), 742, light.lit(new Color(0xe6dcc8)), 9);
    }
  }

  private void trunks(Brush b) {
    for (int i = 0; i < 7; i++) {
      double x = s.left() + (i + b.between(0.2, 0.8)) * (s.width + 260) / 7;
      double middle = Math.abs(x - s.width / 2) / (s.width / 2);
      double w = 26 + 30 * middle;
      double y = 760 + 60 * middle;
      Color bark = light.hazed(WOOD, 0.42 - 0.3 * middle);
      Path2D trunk = new Path2D.Double();
      trunk.moveTo(x - w, y);
      trunk.curveTo(x - w * 0.4, y - 130, x - w * 0.5, 200, x - w * 0.6, -130);
      trunk.lineTo(x + w * 0.5, -130);
      trunk.curveTo(x + w * 0.4, 200, x + w * 0.4, y - 130, x + w * 1.1, y);
      trunk.closePath();
      b.gouache(trunk, shade(bark, 0.85), bark, 40, 16);
    }
    for (int i = 0; i < 13; i++) {
      double x = s.left() + (i + 0.5) * (s.width + 260) / 13;
      Flora.crown(b, x, b.between(-70, 30), b.between(120, 185), light.hazed(leafColour(b), 0.22));
    }
    if (!light.dark()) {
      for (int i = 0; i < 4; i++) {
        double x = sunX + (i - 1.5) * 150;
        b.g.setPaint(
            new java.awt.GradientPaint(
                0, 0, alpha(light.sun(), 0.28), 0, 760, alpha(light.sun(), 0)));
        b.g.fill(shape(x, -130, x + 60, -130, x + 210, 780, x + 60, 780));
      }
    }
    if (place == Place.TREEHOUSE) {
      double x = s.width * (sunX < s.width / 2 ? 0.76 : 0.24);
      b.gouache(
          shape(x - 60, 800, x - 34, 300, x + 34, 300, x + 70, 800),
          light.lit(shade(WOOD, 0.85)),
          light.lit(WOOD),
          40,
          18);
      b.gouache(
          shape(x - 130, 480, x - 120, 320, x + 120, 320, x + 130, 480),
          light.lit(new Color(0xb98755)),
          light.lit(new Color(0x946541)),
          40,
          20);
      b.gouache(
          shape(x - 156, 326, x, 210, x + 156, 326),
          light.lit(new Color(0xb8513f)),
          light.lit(new Color(0x8f3d38)),
          30,
          20);
      window(b, x - 66, 372, 44, 54);
      window(b, x + 24, 372, 44, 54);
      b.line(x - 150, 484, x + 150, 484, light.lit(shade(WOOD, 0.7)), 14);
      for (int i = 0; i < 8; i++) {
        b.line(x - 20, 510 + i * 36, x + 26, 510 + i * 36, light.lit(new Color(0xd0a46c)), 7);
      }
      for (int i = 0; i < 5; i++) {
        Flora.crown(b, x - 190 + i * 95, 200 + Math.abs(i - 2) * 34, 100, light.lit(leafColour(b)));
      }
    }
  }

  private void window(Brush b, double x, double y, double w, double h) {
    Color glass =
        light.dark() || light == TimeOfDay.SUNSET ? new Color(0xffdf8c) : new Color(0xa9d0dc);
    if (light.dark()) {
      b.glow(x + w / 2, y + h / 2, w * 2, new Color(0xffdf8c), 0.5);
    }
    b.round(x - 4, y - 4, w + 8, h + 8, 6, light.lit(new Color(0xf2e6d2)));
    b.round(x, y, w, h, 4, glass);
    b.line(x + w / 2, y, x + w / 2, y + h, light.lit(new Color(0xf2e6d2)), 3.4);
    b.line(x, y + h / 2, x + w, y + h / 2, light.lit(new Color(0xf2e6d2)), 3.4);
  }

  private void house(Brush b, double x, double y, double k) {
    int[] walls = {0xf3e2c4, 0xe9c7a8, 0xd8dcc8, 0xf0d3c0, 0xcfd8e0};
    int[] roofs = {0xb9523f, 0xa3604a, 0x6f6f8f, 0xc27646};
    Color wall = light.hazed(new Color(walls[b.random.nextInt(walls.length)]), 0.22);
    Color roof =
        light.hazed(
            snow ? new Color(0xf4f3fa) : new Color(roofs[b.random.nextInt(roofs.length)]), 0.2);
    double w = 62 * k;
    double h = 92 * k;
    b.gouache(
        shape(x - w, y, x - w, y - h, x + w, y - h, x + w, y), wall, shade(wall, 0.88), 26, 16);
    b.gouache(
        shape(
            x - w - 14 * k,
            y - h + 6,
            x - w * 0.5,
            y - h * 1.72,
            x + w * 0.5,
            y - h * 1.72,
            x + w + 14 * k,
            y - h + 6),
        tint(roof, 0.1),
        shade(roof, 0.85),
        26,
        16);
    b.fill(new Rectangle2D.Double(x + w * 0.3, y - h * 1.95, 17 * k, 44 * k), shade(roof, 0.8));
    window(b, x - w * 0.72, y - h * 0.72, 30 * k, 34 * k);
    window(b, x + w * 0.25, y - h * 0.72, 30 * k, 34 * k);
    b.round(x - 13 * k, y - 46 * k, 26 * k, 48 * k, 14 * k, light.hazed(new Color(0x6b4a3c), 0.2));
  }

  private void castle(Brush b, double x, double y, double k) {
    Color stone = light.hazed(new Color(0xd9cdbd), 0.3);
    Color roof = light.hazed(new Color(0x5f6fa8), 0.25);
    b.gouache(
        b.blob(x, y + 60, 330, 120, 0.05),
        light.hazed(new Color(0x8aa866), 0.45),
        light.hazed(new Color(0x6f9455), 0.4),
        60,
        40);
    double[][] towers = {
      {-120, 210, 34}, {120, 220, 34}, {-54, 300, 30}, {58, 280, 28}, {0, 380, 36}
    };
    b.gouache(
        shape(x - 130 * k, y, x - 130 * k, y - 130 * k, x + 130 * k, y - 130 * k, x + 130 * k, y),
        stone,
        shade(stone, 0.85),
        60,
        22);
    for (double[] t : towers) {
      double tx = x + t[0] * k;
      double ty = y - t[1] * k;
      double tw = t[2] * k;
      b.gouache(
          shape(tx - tw, y, tx - tw, ty, tx + tw, ty, tx + tw, y),
          tint(stone, 0.1),
          shade(stone, 0.84),
          30,
          16);
      b.polygon(roof, tx - tw * 1.3, ty, tx, ty - 110 * k, tx + tw * 1.3, ty);
      b.polygon(shade(roof, 0.8), tx, ty, tx, ty - 110 * k, tx + tw * 1.3, ty);
      b.line(tx, ty - 108 * k, tx, ty - 138 * k, shade(stone, 0.5), 3);
      b.polygon(
          light.lit(new Color(0xd9584a)),
          tx,
          ty - 138 * k,
          tx + 32 * k,
          ty - 128 * k,
          tx,
          ty - 118 * k);
      window(b, tx - 8 * k, ty + 24 * k, 16 * k, 30 * k);
    }
    for (int i = -6; i <= 6; i++) {
      b.fill(new Rectangle2D.Double(x + i * 20 * k - 6 * k, y - 144 * k, 12 * k, 16 * k), stone);
    }
    b.round(x - 26 * k, y - 74 * k, 52 * k, 90 * k, 50 * k, shade(stone, 0.4));
  }

  private void peaks() {
    Color rock = place == Place.SNOW_FIELD ? new Color(0x9fb0cf) : new Color(0x7f87a6);
    for (int layer = 0; layer < 2; layer++) {
      double haze = 0.85 - layer * 0.3;
      double base = 640 + layer * 40;
      double tall = layer == 0 ? 400 : 290;
      int offset = layer;
      s.plate(
          0.12 + layer * 0.16,
          b -> {
            int n = 5 + offset;
            for (int i = 0; i < n; i++) {
              double x = s.left() + (i + b.between(0.2, 0.8)) * (s.width + 260) / n;
              double h = tall * b.between(0.65, 1.05);
              double w = h * b.between(0.75, 0.95);
              Color c = light.hazed(rock, haze);
              b.gouache(
                  shape(
                      x - w,
                      base + 60,
                      x - w * 0.3,
                      base - h * 0.62,
                      x,
                      base - h,
                      x + w * 0.34,
                      base - h * 0.55,
                      x + w,
                      base + 60),
                  c,
                  light.hazed(tint(rock, 0.3), haze),
                  40,
                  36);
              b.polygon(
                  alpha(shade(c, 0.8), 0.6),
                  x,
                  base - h,
                  x + w * 0.34,
                  base - h * 0.55,
                  x + w,
                  base + 60,
                  x + w * 0.2,
                  base + 60,
                  x + w * 0.05,
                  base - h * 0.5);
              Color cap = light.hazed(new Color(0xfdfbff), haze * 0.5);
              b.polygon(
                  cap,
                  x,
                  base - h,
                  x - w * 0.22,
                  base - h * 0.68,
                  x - w * 0.1,
                  base - h * 0.73,
                  x - w * 0.02,
                  base - h * 0.62,
                  x + w * 0.1,
                  base - h * 0.74,
                  x + w * 0.24,
                  base - h * 0.67);
            }
            b.fill(
                rect(base + 30, s.floor()),
                light.hazed(snow ? new Color(0xdfe4f2) : new Color(0x8aa866), haze));
          });
    }
    Color green = snow ? new Color(0xe6e9f5) : new Color(0x7d9f66);
    s.plate(
        0.5,
        b -> {
          b.gouache(
              b.ridge(s.left(), s.right(), 690, 40, 0.4, s.floor()),
              light.hazed(green, 0.35),
              light.hazed(shade(green, 0.9), 0.25),
              90,
              60);
          for (int i = 0; i < 20; i++) {
            double x = s.left() + (i + b.random.nextDouble()) * (s.width + 260) / 20;
            Flora.conifer(
                b,
                x,
                725 + b.between(-20, 20),
                b.between(90, 190),
                light.hazed(new Color(0x4d7a66), 0.28),
                light.hazed(WOOD, 0.3),
                snow);
          }
        });
  }

  private void sea() {
    s.plate(
        0.12,
        b -> {
          Color far = light.lit(new Color(0x5aa6c6));
          Color near = light.lit(new Color(0x8fd3d2));
          b.gouache(rect(520, 860), mix(far, light.horizon(), 0.25), near, 160, 70);
          for (int i = 0; i < 90; i++) {
            double y = 524 + Math.pow(b.random.nextDouble(), 1.3) * 260;
            double w = 12 + (y - 520) * 0.24;
            double x = i % 3 == 0 ? sunX + b.between(-120, 120) : b.between(s.left(), s.right());
            b.dab(
                x,
                y,
                w,
                1.6 + (y - 520) * 0.008,
                0,
                alpha(i % 3 == 0 ? light.sun() : tint(near, 0.6), 0.5));
          }
          if (place == Place.ISLAND) {
            b.gouache(
                b.ridge(s.width * 0.5, s.width * 0.9, 560, 26, 0.3, 590),
                light.hazed(new Color(0x6f9d70), 0.6),
                light.hazed(new Color(0x8fae78), 0.5),
                30,
                30);
          }
          b.gouache(
              b.ridge(s.left(), s.width * 0.34, 530, 30, 0.4, 545),
              light.hazed(new Color(0x7c9aa5), 0.8),
              light.hazed(new Color(0x8fb0a5), 0.7),
              20,
              40);
        });
    s.plate(
        0.5,
        b -> {
          for (int i = 0; i < 3; i++) {
            double y = 735 + i * 26;
            Path2D wave = new Path2D.Double();
            wave.moveTo(s.left(), y + 60);
            for (double x = s.left(); x <= s.right() + 80; x += 80) {
              wave.quadTo(x + 20, y - 12 - 6 * Math.sin(x * 0.01 + i * 2), x + 40, y);
              wave.quadTo(x + 60, y + 10, x + 80, y);
            }
            wave.lineTo(s.right() + 80, y + 60);
            wave.closePath();
            b.fade(
                wave,
                alpha(light.lit(new Color(0xf4fbf6)), 0.9),
                alpha(light.lit(new Color(0x9bdad6)), 0.25));
          }
        });
    s.plate(
        0.8,
        b -> {
          double side = sunX < s.width / 2 ? s.width * 0.94 : s.width * 0.06;
          double lean = sunX < s.width / 2 ? -110 : 110;
          if (place == Place.ISLAND) {
            Flora.palm(b, side, 830, 460, lean, light);
            Flora.palm(b, side + lean * 0.4, 850, 330, lean * 0.5, light);
          } else {
            b.gouache(
                shape(side - 36, 790, side - 24, 420, side + 24, 420, side + 36, 790),
                light.lit(new Color(0xfbf2e4)),
                light.lit(new Color(0xd9cbbd)),
                26,
                18);
            b.polygon(
                light.lit(new Color(0xd0574a)),
                side - 33,
                700,
                side - 30,
                610,
                side + 30,
                610,
                side + 33,
                700);
            b.polygon(
                light.lit(new Color(0xd0574a)),
                side - 27,
                530,
                side - 25,
                450,
                side + 25,
                450,
                side + 27,
                530);
            b.glow(side, 398, 120, new Color(0xffe9a8), 0.7);
            b.round(side - 20, 378, 40, 42, 6, new Color(0xfff0b8));
            b.polygon(light.lit(new Color(0xb5443d)), side - 32, 380, side, 330, side + 32, 380);
          }
        });
  }

  private void dunes() {
    for (int i = 0; i < 3; i++) {
      int k = i;
      s.plate(
          0.15 + i * 0.2,
          b -> {
            Color sand = new Color(k == 1 ? 0xe0a566 : 0xe9b873);
            b.gouache(
                b.ridge(s.left(), s.right(), 570 + k * 60, 60 - k * 8, 0.28, s.floor()),
                light.hazed(tint(sand, 0.15), 0.75 - k * 0.25),
                light.hazed(shade(sand, 0.85), 0.6 - k * 0.22),
                90,
                90);
            if (k == 0) {
              double x = s.width * 0.6;
              b.polygon(light.hazed(new Color(0xd9a25e), 0.5), x - 170, 600, x, 420, x + 170, 600);
              b.polygon(light.hazed(new Color(0xb07a4c), 0.5), x, 420, x + 60, 600, x + 170, 600);
            }
            if (k == 2) {
              for (int j = 0; j < 4; j++) {
                cactus(
                    b,
                    s.width * (0.08 + 0.28 * j) + b.between(-20, 20),
                    760 + b.between(-10, 24),
                    b.between(90, 170));
              }
            }
          });
    }
  }

  private void cactus(Brush b, double x, double y, double h) {
    Color c = light.hazed(new Color(0x5f9866), 0.15);
    b.line(x, y, x, y - h, shade(c, 0.75), h * 0.25);
    b.line(x - 1, y, x - 2, y - h, c, h * 0.2);
    b.bow(x, y - h * 0.4, x - h * 0.4, y - h * 0.38, x - h * 0.38, y - h * 0.72, c, h * 0.14);
    b.bow(
        x,
        y - h * 0.3,
        x + h * 0.4,
        y - h * 0.3,
        x + h * 0.38,
        y - h * 0.6,
        shade(c, 0.9),
        h * 0.14);
    b.oval(x, y - h * 1.1, h * 0.08, h * 0.06, light.lit(new Color(0xe8778a)));
  }

  private void skyline() {
    for (int layer = 0; layer < 2; layer++) {
      int k = layer;
      s.plate(
          0.2 + layer * 0.25,
          b -> {
            int[] tones = {0xc98e72, 0xd9b48a, 0x9fa7c0, 0xb5a08f, 0x8f9fb0, 0xd2a08c};
            double x = s.left();
            while (x < s.right()) {
              double w = b.between(90, 170) * (k == 0 ? 0.8 : 1);
              double h = b.between(180, 400) * (k == 0 ? 1.15 : 0.85);
              Color c =
                  light.hazed(
                      new Color(tones[b.random.nextInt(tones.length)]), k == 0 ? 0.7 : 0.28);
              double y = 790;
              b.gouache(
                  shape(x, y, x, y - h, x + w, y - h, x + w, y),
                  tint(c, 0.08),
                  shade(c, 0.9),
                  40,
                  30);
              if (b.random.nextBoolean()) {
                b.polygon(shade(c, 0.75), x - 6, y - h, x + w / 2, y - h - 60, x + w + 6, y - h);
              } else {
                b.fill(new Rectangle2D.Double(x - 5, y - h - 8, w + 10, 16), shade(c, 0.82));
              }
              int columns = (int) (w / 42);
              for (int cx = 0; cx < columns; cx++) {
                for (double wy = y - h + 34; wy < y - 60; wy += 62) {
                  double wx = x + (cx + 0.5) * w / columns - 11;
                  boolean on =
                      (light.dark() || light == TimeOfDay.SUNSET) && b.random.nextInt(3) > 0;
                  b.round(
                      wx,
                      wy,
                      22,
                      32,
                      5,
                      on
                          ? new Color(0xffdf8c)
                          : light.hazed(new Color(0x9fc0cf), k == 0 ? 0.6 : 0.25));
                }
              }
              x += w + b.between(-4, 14);
            }
          });
    }
    s.plate(
        0.7,
        b -> {
          for (double x = 40; x < s.width; x += 420) {
            b.line(x, 800, x, 520, light.lit(new Color(0x46505c)), 9);
            b.glow(x, 505, light.dark() ? 150 : 60, new Color(0xffe2a0), 0.6);
            b.round(
                x - 16, 484, 32, 44, 10, light.dark() ? new Color(0xfff0b8) : new Color(0xf5ead0));
            b.line(x - 20, 482, x + 20, 482, light.lit(new Color(0x46505c)), 8);
          }
        });
  }

  private void river(Brush b) {
    Path2D water = new Path2D.Double();
    double x = s.width * 0.5;
    water.moveTo(x - 30, 700);
    water.curveTo(x + 190, 740, x - 330, 790, x - 140, 850);
    water.curveTo(x + 60, 900, s.right() - 200, 930, s.right(), s.floor());
    water.lineTo(s.left() + 200, s.floor());
    water.curveTo(x - 500, 900, x - 600, 830, x - 340, 780);
    water.curveTo(x - 160, 745, x + 60, 730, x - 60, 700);
    water.closePath();
    b.gouache(water, light.lit(new Color(0x9ed2dc)), light.lit(new Color(0x4f98b8)), 90, 50);
    for (int i = 0; i < 34; i++) {
      double y = b.between(760, 990);
      b.dab(x - 160 + b.between(-200, 240), y, b.between(14, 50), 2.4, 0, alpha(Color.WHITE, 0.4));
    }
  }

  private void stalls(Brush b) {
    int[] stripes = {0xd0574a, 0x4f8fb5, 0xe0a83c, 0x6d9f5a};
    for (int i = 0; i < 4; i++) {
      double x = s.width * (0.02 + i * 0.32);
      Color c = light.lit(new Color(stripes[i]));
      b.line(x - 90, 830, x - 90, 620, light.lit(WOOD), 9);
      b.line(x + 90, 830, x + 90, 620, light.lit(WOOD), 9);
      for (int j = 0; j < 8; j++) {
        b.polygon(
            j % 2 == 0 ? c : light.lit(new Color(0xfbf1de)),
            x - 120 + j * 30,
            650,
            x - 92 + j * 23,
            570,
            x - 69 + j * 23,
            570,
            x - 90 + j * 30,
            650);
        b.oval(x - 105 + j * 30, 650, 15, 12, j % 2 == 0 ? c : light.lit(new Color(0xfbf1de)));
      }
      b.gouache(
          shape(x - 105, 830, x - 105, 756, x + 105, 756, x + 105, 830),
          light.lit(new Color(0xb58450)),
          light.lit(new Color(0x8a6040)),
          24,
          18);
      for (int j = 0; j < 15; j++) {
        b.oval(
            x - 92 + j * 13,
            750 - b.between(0, 16),
            11,
            11,
            light.lit(new Color(stripes[(i + j) % 4])));
      }
    }
  }

  private void nearGround(Brush b, Color ground) {
    Color top = light.hazed(tint(ground, 0.12), 0.12);
    Color bottom = light.lit(shade(ground, 0.74));
    Path2D land =
        b.ridge(
            s.left(),
            s.right(),
            place == Place.BEACH || place == Place.ISLAND ? 800 : 755,
            14,
            0.35,
            s.floor());
    b.gouache(land, top, bottom, 260, 50);
    boolean green =
        !snow
            && switch (place) {
              case MEADOW, FOREST, GARDEN, RIVER, MOUNTAINS, CASTLE, TREEHOUSE -> true;
              default -> false;
            };
    if (place == Place.MEADOW
        || place == Place.CASTLE
        || place == Place.VILLAGE
        || place == Place.GARDEN) {
      double x = s.width * 0.5;
      Path2D path = new Path2D.Double();
      path.moveTo(x - 12, 762);
      path.curveTo(x + 130, 800, x - 200, 860, x - 220, s.floor());
      path.lineTo(x + 220, s.floor());
      path.curveTo(x + 120, 880, x + 190, 800, x + 16, 762);
      path.closePath();
      b.gouache(path, light.lit(new Color(0xeeddb4)), light.lit(new Color(0xc9a878)), 60, 40);
    }
    b.glow(sunX, 800, 520, light.sun(), 0.2);
    for (int i = 0; i < 70; i++) {
      double y = 775 + Math.pow(i / 70.0, 1.3) * 260;
      double x = b.between(s.left(), s.right());
      double size = 12 + (y - 760) * 0.16;
      if (green) {
        Flora.grass(b, x, y, size, light.lit(shade(ground, b.between(0.75, 1))));
        if (i % 3 == 0) {
          Flora.flower(b, b.between(s.left(), s.right()), y, size * 1.1, light);
        }
      } else if (i % 4 == 0) {
        b.oval(x, y, size * 0.5, size * 0.24, light.lit(shade(ground, 0.82)));
        b.oval(x - 2, y - 2, size * 0.42, size * 0.18, light.lit(tint(ground, 0.25)));
      }
    }
    if (s.plan.weather() == Weather.RAIN) {
      for (int i = 0; i < 7; i++) {
        double y = b.between(820, 980);
        b.dab(
            b.between(0, s.width),
            y,
            (y - 700) * 0.5,
            (y - 700) * 0.09,
            0,
            alpha(tint(light.middle(), 0.3), 0.5));
      }
    }
  }

  /** Dark, large plants in the corners give the page its depth. */
  private void foreground() {
    s.smoothPlate(
        1.45,
        b -> {
          Color leaf =
              light.lit(
                  shade(
                      snow
                          ? new Color(0x8fa5b5)
                          : place == Place.DESERT ? new Color(0x8c8a4e) : leafColour(b),
                      0.62));
          if (place == Place.CITY || place == Place.BEACH || place == Place.MARKET) {
            leaf = light.lit(shade(new Color(0x5f9460), 0.66));
          }
          for (int side = 0; side < 2; side++) {
            double x = side == 0 ? -30 : s.width + 30;
            double in = side == 0 ? 1 : -1;
            for (int i = 0; i < 8; i++) {
              double reach = b.between(50, 210);
              double bx = x + in * b.between(-40, 60);
              Flora.leaf(
                  b,
                  bx,
                  1040,
                  bx + in * reach,
                  1000 - b.between(50, 260) + reach * 0.5,
                  0.34,
                  shade(leaf, b.between(0.75, 1.05)));
            }
            for (int i = 0; i < 3 && !snow; i++) {
              Flora.flower(b, x + in * b.between(20, 150), 1030, b.between(110, 210), light);
            }
          }
          for (int i = 0; i < 26; i++) {
            Flora.grass(b, b.between(s.left(), s.right()), 1035, b.between(40, 90), leaf);
          }
        });
  }

  // ---- special worlds

  private void underwater() {
    Color top = new Color(0x8fe0de);
    Color deep = light.dark() ? new Color(0x123a6b) : new Color(0x1f6f9c);
    s.plate(
        0,
        b -> {
          b.gouache(s.all(), top, deep, 260, 110);
          for (int i = 0; i < 7; i++) {
            double x = s.width * (0.05 + i * 0.16);
            b.g.setPaint(
                new java.awt.GradientPaint(
                    0,
                    -100,
                    alpha(new Color(0xf3ffe8), 0.34),
                    0,
                    800,
                    alpha(new Color(0xf3ffe8), 0)));
            b.g.fill(
                shape(
                    x, -130, x + 60, -130, x + 20 + (i - 3) * 70, 860, x - 90 + (i - 3) * 70, 860));
          }
        });
    for (int k = 0; k < 2; k++) {
      int layer = k;
      s.plate(
          0.25 + k * 0.3,
          b -> {
            Color c = mix(new Color(0x2f7fa0), new Color(0x2c6a88), layer);
            b.gouache(
                b.ridge(s.left(), s.right(), 660 + layer * 70, 60, 0.45, s.floor()),
                mix(c, top, 0.3 - layer * 0.2),
                shade(c, 0.85),
                80,
                60);
            for (int i = 0; i < 7; i++) {
              double x = s.left() + (i + b.random.nextDouble()) * (s.width + 260) / 7;
              kelp(b, x, 800, b.between(160, 360), mix(new Color(0x3f9a78), c, 0.45 - layer * 0.3));
            }
          });
    }
    s.plate(
        0.45,
        b -> {
          int[] fish = {0xf2a04a, 0xf4d35e, 0xe8788a, 0x9fd8e0};
          for (int i = 0; i < 13; i++) {
            double x = b.between(40, s.width - 40);
            double y = b.between(160, 620);
            double k = b.between(16, 30);
            double d = i % 2 == 0 ? 1 : -1;
            Color c = new Color(fish[i % 4]);
            b.polygon(
                shade(c, 0.85),
                x - d * k * 0.8,
                y,
                x - d * k * 1.7,
                y - k * 0.6,
                x - d * k * 1.7,
                y + k * 0.6);
            b.fade(ellipse(x, y, k, k * 0.6), tint(c, 0.25), shade(c, 0.85));
            b.oval(x + d * k * 0.55, y - k * 0.12, k * 0.13, k * 0.13, new Color(0x2a2430));
          }
        });
    s.plate(
        0.86,
        b -> {
          b.gouache(
              b.ridge(s.left(), s.right(), 830, 22, 0.35, s.floor()),
              new Color(0xe6d9a8),
              new Color(0x9aa58c),
              200,
              50);
          int[] corals = {0xe8786a, 0xf0a05a, 0xc979b0, 0xf2c7a0};
          for (int i = 0; i < 9; i++) {
            double x = s.left() + (i + b.random.nextDouble()) * (s.width + 260) / 9;
            coral(b, x, 880 + b.between(-20, 50), b.between(50, 120), new Color(corals[i % 4]));
          }
        });
    s.particles(1.1, Stage.Particle.BUBBLES, 34);
    s.smoothPlate(
        1.45,
        b -> {
          for (int i = 0; i < 9; i++) {
            double x = i < 5 ? b.between(-60, 130) : s.width - b.between(-60, 130);
            kelp(b, x, 1050, b.between(260, 520), new Color(0x1c5a5c));
          }
        });
  }

  private static void kelp(Brush b, double x, double y, double h, Color c) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    double sway = b.between(20, 44);
    path.curveTo(x - sway, y - h * 0.35, x + sway, y - h * 0.6, x - sway * 0.3, y - h);
    b.line(path, shade(c, 0.8), 9);
    for (int i = 1; i < 9; i++) {
      double t = i / 9.0;
      double px = x + sway * 0.6 * Math.sin(t * 5 + 3.4);
      b.dab(
          px + (i % 2 == 0 ? 15 : -15),
          y - h * t,
          20,
          8,
          i % 2 == 0 ? -0.6 : 0.6,
          i % 2 == 0 ? c : tint(c, 0.12));
    }
  }

  private static void coral(Brush b, double x, double y, double h, Color c) {
    for (int i = -2; i <= 2; i++) {
      b.bow(
          x,
          y,
          x + i * h * 0.1,
          y - h * 0.4,
          x + i * h * 0.3,
          y - h * (1 - Math.abs(i) * 0.17),
          shade(c, 0.78),
          h * 0.17);
      b.bow(
          x - 2,
          y,
          x + i * h * 0.1 - 2,
          y - h * 0.4,
          x + i * h * 0.3 - 2,
          y - h * (1 - Math.abs(i) * 0.17),
          c,
          h * 0.12);
    }
  }

  private void cosmos() {
    s.plate(
        0,
        b -> {
          b.gouache(s.all(), new Color(0x151644), new Color(0x4d3f82), 200, 120);
          for (int i = 0; i < 12; i++) {
            int[] clouds = {0x6d5bb5, 0x9a63a8, 0x3f6fb5, 0xc9739a};
            b.glow(
                b.between(0, s.width),
                b.between(0, 900),
                b.between(160, 380),
                new Color(clouds[i % 4]),
                0.35);
          }
          stars(b, 240);
        });
    s.plate(
        0.15,
        b -> {
          double x = s.width * (sunX < s.width / 2 ? 0.8 : 0.2);
          b.glow(x, 260, 240, new Color(0x8fc4e8), 0.5);
          b.gouache(ellipse(x, 260, 125, 125), new Color(0x8fd0ea), new Color(0x2f6fb0), 60, 40);
          b.g.setClip(ellipse(x, 260, 125, 125));
          b.fill(b.blob(x - 40, 220, 60, 34, 0.3), new Color(0x7fb46a));
          b.fill(b.blob(x + 50, 300, 50, 44, 0.3), new Color(0x8fbf72));
          b.dab(x - 10, 190, 70, 9, -0.1, alpha(Color.WHITE, 0.8));
          b.dab(x + 20, 270, 60, 8, 0.1, alpha(Color.WHITE, 0.7));
          b.g.setClip(null);
          double px = s.width - x;
          b.gouache(ellipse(px, 190, 62, 62), new Color(0xf6c98a), new Color(0xc97a5c), 40, 26);
          b.dab(px, 194, 118, 15, -0.25, alpha(new Color(0xf9e2b8), 0.75));
          b.gouache(
              new java.awt.geom.Arc2D.Double(
                  px - 62, 128, 124, 124, 15, 160, java.awt.geom.Arc2D.CHORD),
              new Color(0xf6c98a),
              new Color(0xe0a070),
              20,
              20);
          b.gouache(
              ellipse(s.width * 0.5, 110, 30, 30),
              new Color(0xc9a5e0),
              new Color(0x8a63b0),
              20,
              14);
        });
    Color ground = place == Place.MOON ? new Color(0xb9b3cf) : new Color(0x8f7fb8);
    for (int k = 0; k < 2; k++) {
      int layer = k;
      s.plate(
          k == 0 ? 0.45 : 0.86,
          b -> {
            Color c = mix(shade(ground, 0.7), ground, layer);
            b.gouache(
                b.ridge(s.left(), s.right(), 690 + layer * 95, 36 - layer * 16, 0.42, s.floor()),
                tint(c, 0.2),
                shade(c, 0.7),
                200,
                60);
            for (int i = 0; i < 11; i++) {
              double y = 770 + layer * 60 + b.between(0, 190);
              double r = (y - 640) * b.between(0.14, 0.34);
              double x = b.between(s.left(), s.right());
              b.oval(x, y, r, r * 0.3, shade(c, 0.62));
              b.oval(x, y + r * 0.07, r * 0.9, r * 0.22, shade(c, 0.8));
              b.bow(x - r, y, x, y + r * 0.66, x + r, y, alpha(tint(c, 0.5), 0.7), 3);
            }
          });
    }
    s.particles(1.2, Stage.Particle.DUST, 40);
    s.smoothPlate(
        1.45,
        b -> {
          for (int i = 0; i < 8; i++) {
            double x = i < 4 ? b.between(-50, 140) : s.width - b.between(-50, 140);
            b.gouache(
                b.blob(x, 1000, b.between(40, 90), b.between(30, 70), 0.16),
                shade(ground, 0.6),
                shade(ground, 0.4),
                20,
                20);
          }
        });
  }

  private void cave() {
    Color rock = new Color(0x8a6f86);
    s.plate(
        0,
        b -> {
          b.gouache(s.all(), new Color(0x4a3a5e), new Color(0x6d5270), 200, 90);
          b.glow(s.width * 0.5, 520, 520, new Color(0xffcf8a), 0.75);
        });
    for (int k = 0; k < 3; k++) {
      int layer = k;
      s.plate(
          0.2 + k * 0.25,
          b -> {
            Color c = shade(rock, 0.95 - layer * 0.22);
            double inset = 420 - layer * 150.0;
            Path2D arch = new Path2D.Double(Path2D.WIND_EVEN_ODD);
            arch.append(s.all(), false);
            arch.append(
                b.blob(s.width / 2, 560, s.width / 2 - inset + 90, 520 - inset * 0.55, 0.09),
                false);
            b.gouache(arch, c, shade(c, 0.75), 120, 50);
            int[] gems = {0x8fe0e8, 0xc9a0f0, 0xf5a8c8, 0xa8f0c0};
            for (int i = 0; i < 8; i++) {
              double a = b.between(0, 6.28);
              double x = s.width / 2 + Math.cos(a) * (s.width / 2 - inset + 120);
              double y = 560 + Math.sin(a) * (530 - inset * 0.5);
              Color gem = new Color(gems[i % 4]);
              double k2 = b.between(16, 34);
              b.glow(x, y, k2 * 3.4, gem, 0.6);
              b.polygon(
                  gem,
                  x - k2 * 0.4,
                  y + k2 * 0.6,
                  x - k2 * 0.45,
                  y - k2 * 0.5,
                  x,
                  y - k2 * 1.3,
                  x + k2 * 0.45,
                  y - k2 * 0.4,
                  x + k2 * 0.4,
                  y + k2 * 0.6);
              b.polygon(
                  tint(gem, 0.5),
                  x - k2 * 0.05,
                  y + k2 * 0.6,
                  x - k2 * 0.1,
                  y - k2 * 0.4,
                  x,
                  y - k2 * 1.3,
                  x + k2 * 0.45,
                  y - k2 * 0.4,
                  x + k2 * 0.4,
                  y + k2 * 0.6);
            }
          });
    }
    s.plate(
        0.86,
        b -> {
          b.gouache(
              b.ridge(s.left(), s.right(), 810, 20, 0.4, s.floor()),
              shade(rock, 0.95),
              shade(rock, 0.5),
              160,
              50);
          for (int i = 0; i < 8; i++) {
            Flora.mushroom(
                b, b.between(0, s.width), b.between(840, 960), b.between(30, 70), TimeOfDay.DAY);
          }
        });
    s.particles(1.1, Stage.Particle.FIREFLIES, 22);
    s.smoothPlate(
        1.45,
        b -> {
          for (int i = 0; i < 10; i++) {
            double x = i < 5 ? b.between(-80, 150) : s.width - b.between(-80, 150);
            b.gouache(
                b.blob(x, 1010, b.between(50, 110), b.between(40, 90), 0.14),
                shade(rock, 0.5),
                shade(rock, 0.3),
                20,
                20);
          }
        });
  }

  private Rectangle2D rect(double top, double bottom) {
    return new Rectangle2D.Double(s.left(), top, s.width + 2 * Stage.MARGIN, bottom - top);
  }
}
