package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;
import static app.infinitestories.local.studio.picture.Brush.ellipse;
import static app.infinitestories.local.studio.picture.Brush.shade;
import static app.infinitestories.local.studio.picture.Brush.shape;
import static app.infinitestories.local.studio.picture.Brush.tint;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;

/** Paints one thing, about 100 units high, standing on the origin. */
final class PropPainter {
  private static final Color WOOD = new Color(0x9a6a41);
  private static final Color GOLD = new Color(0xf2c14e);
  private static final Color RED = new Color(0xcf4a3e);
  private static final Color PAPER = new Color(0xf6ead0);

  private final Brush b;
  private final TimeOfDay light;

  private PropPainter(Graphics2D g, TimeOfDay light) {
    this.b = new Brush(g, 3);
    this.light = light;
  }

  static void paint(Graphics2D g, Prop prop, TimeOfDay light) {
    new PropPainter(g, light).paint(prop);
  }

  private Color lit(Color c) {
    return Brush.mix(c, light.lit(c), 0.6);
  }

  private void paint(Prop prop) {
    switch (prop) {
      case KITE -> kite();
      case BALLOON -> balloon();
      case RAINBOW -> rainbow();
      case ROCKET -> rocket();
      case BOAT -> boat();
      case BRIDGE -> bridge();
      case TENT -> tent();
      case WELL -> well();
      case TREE -> Flora.roundTree(b, 0, 0, 100, lit(new Color(0x5f9a4c)), lit(WOOD));
      case DOOR -> door();
      case MOON -> moon();
      case STAR -> {
        b.glow(0, -50, 60, new Color(0xffe9a0), 0.8);
        b.fill(HeroPainter.star(0, -50, 46, 22), GOLD);
        b.fill(HeroPainter.star(0, -50, 28, 13), tint(GOLD, 0.6));
      }
      case LANTERN -> lantern();
      case MAP -> map();
      case UMBRELLA -> umbrella();
      case BOOK -> book();
      case KEY -> {
        b.line(0, -60, 0, -4, lit(GOLD), 12);
        b.line(ellipse(0, -78, 19, 19), lit(GOLD), 11);
        b.line(2, -8, 24, -8, lit(GOLD), 10);
        b.line(2, -28, 18, -28, lit(GOLD), 10);
        b.bow(-17, -86, -8, -100, 6, -97, tint(GOLD, 0.7), 4);
      }
      case FEATHER -> feather();
      case LETTER -> {
        b.round(-55, -76, 110, 74, 8, lit(PAPER));
        b.line(shape(-52, -72, 0, -30, 52, -72), shade(PAPER, 0.7), 4);
        b.oval(0, -32, 13, 13, RED);
      }
      case BALL -> {
        b.fade(ellipse(0, -48, 48, 48), tint(RED, 0.15), shade(RED, 0.8));
        b.bow(-44, -58, 0, -26, 44, -58, tint(PAPER, 0.4), 12);
        b.oval(-18, -72, 12, 8, alpha(Color.WHITE, 0.5));
      }
      case TEDDY -> teddy();
      case SEED -> {
        b.bow(0, -20, -6, -52, 4, -70, new Color(0x5f9a4c), 8);
        b.dab(24, -78, 26, 13, -0.5, new Color(0x77b556));
        b.dab(-18, -74, 24, 12, 0.6, new Color(0x6aa84f));
        b.oval(0, -16, 18, 15, lit(new Color(0x8a5a34)));
      }
      case EGG -> {
        b.fade(ellipse(0, -48, 37, 48), new Color(0xfdf4dd), new Color(0xd9c7a2));
        for (int i = 0; i < 9; i++) {
          b.oval(b.between(-24, 24), b.between(-82, -16), 5, 4, new Color(0x8fb8b0));
        }
      }
      case BELL -> {
        Path2D bell = new Path2D.Double();
        bell.moveTo(-46, -16);
        bell.curveTo(-30, -34, -34, -92, 0, -92);
        bell.curveTo(34, -92, 30, -34, 46, -16);
        bell.closePath();
        b.oval(0, -10, 10, 10, shade(GOLD, 0.6));
        b.fade(bell, tint(GOLD, 0.3), shade(GOLD, 0.8));
        b.line(ellipse(0, -98, 8, 8), shade(GOLD, 0.7), 5);
      }
      case CROWN -> {
        b.fade(
            shape(-50, 0, -56, -66, -26, -34, 0, -80, 26, -34, 56, -66, 50, 0),
            tint(GOLD, 0.35),
            shade(GOLD, 0.85));
        b.oval(0, -16, 9, 9, RED);
        b.oval(-30, -14, 7, 7, new Color(0x4a86c5));
        b.oval(30, -14, 7, 7, new Color(0x4a86c5));
      }
      case CAKE -> cake();
      case CHEST -> chest();
      case FLOWERS -> {
        for (int i = 0; i < 11; i++) {
          Flora.flower(b, -70 + i * 14, 4 - b.between(0, 14), b.between(46, 92), light);
        }
      }
      case TELESCOPE -> {
        b.line(0, -56, -34, 0, lit(WOOD), 7);
        b.line(0, -56, 34, 0, lit(WOOD), 7);
        b.line(0, -56, 4, 0, lit(shade(WOOD, 0.8)), 7);
        b.line(-44, -40, 14, -74, lit(new Color(0x3c5a88)), 20);
        b.line(14, -74, 56, -98, lit(new Color(0x4b6ea3)), 27);
        b.line(50, -105, 60, -88, lit(GOLD), 9);
      }
      case NEST -> {
        for (int i = -1; i <= 1; i++) {
          b.fade(ellipse(i * 24, -52, 17, 22), new Color(0xcfe6e0), new Color(0x8db9b4));
        }
        for (int i = 0; i < 46; i++) {
          double x = b.between(-62, 62);
          b.bow(
              x - 34,
              -34 + b.between(-8, 6),
              x,
              -6 + b.between(-8, 6),
              x + 34,
              -34 + b.between(-8, 6),
              lit(shade(WOOD, b.between(0.7, 1.1))),
              4);
        }
      }
      case CAMPFIRE -> campfire();
      case MIRROR -> {
        b.oval(0, -58, 42, 56, lit(GOLD));
        b.fade(ellipse(0, -58, 33, 47), new Color(0xe6f4f8), new Color(0x98bfd2));
        b.line(-14, -80, 8, -96, alpha(Color.WHITE, 0.8), 5);
        b.round(-30, -6, 60, 8, 6, lit(shade(GOLD, 0.8)));
      }
      case CLOCK -> {
        b.oval(0, -52, 50, 50, lit(WOOD));
        b.oval(0, -52, 40, 40, PAPER);
        for (int i = 0; i < 12; i++) {
          double a = i * Math.PI / 6;
          b.oval(Math.sin(a) * 33, -52 - Math.cos(a) * 33, 2.6, 2.6, shade(WOOD, 0.5));
        }
        b.line(0, -52, 0, -78, shade(WOOD, 0.4), 5);
        b.line(0, -52, 17, -44, shade(WOOD, 0.4), 5);
      }
    }
  }

  private void kite() {
    b.bow(0, 0, 40, 60, -10, 150, alpha(Color.WHITE, 0.75), 2);
    b.polygon(RED, 0, -100, 42, -48, 0, 0);
    b.polygon(tint(RED, 0.25), 0, -100, -42, -48, 0, 0);
    b.polygon(GOLD, 0, -48, 42, -48, 0, 0);
    b.polygon(tint(GOLD, 0.3), 0, -48, -42, -48, 0, 0);
    for (int i = 1; i < 5; i++) {
      b.dab(12 * Math.sin(i * 1.4), 22 * i, 9, 4, 0.5, i % 2 == 0 ? RED : new Color(0x4a86c5));
    }
  }

  private void balloon() {
    Color[] colours = {RED, GOLD, new Color(0x5a9bd0)};
    for (int i = 0; i < 3; i++) {
      double x = (i - 1) * 44;
      double y = i == 1 ? -78 : -52;
      b.bow(x, y + 36, x * 0.5, y + 80, 0, 90, alpha(Color.WHITE, 0.7), 2);
      b.fade(ellipse(x, y, 28, 34), tint(colours[i], 0.25), shade(colours[i], 0.85));
      b.oval(x - 10, y - 14, 6, 9, alpha(Color.WHITE, 0.55));
    }
  }

  private void rainbow() {
    int[] bands = {0xe2574c, 0xf0974a, 0xf5d25d, 0x78b866, 0x5c9fd6, 0x8a6fc0};
    for (int i = 0; i < bands.length; i++) {
      double r = 150 - i * 8;
      b.line(
          new Arc2D.Double(-r, -r, 2 * r, 2 * r, 0, 180, Arc2D.OPEN),
          alpha(new Color(bands[i]), 0.5),
          8.5);
    }
  }

  private void rocket() {
    b.polygon(lit(RED), -24, -30, -46, 0, -18, -8);
    b.polygon(lit(RED), 24, -30, 46, 0, 18, -8);
    Path2D hull = new Path2D.Double();
    hull.moveTo(-20, -6);
    hull.curveTo(-38, -60, -18, -92, 0, -104);
    hull.curveTo(18, -92, 38, -60, 20, -6);
    hull.closePath();
    b.gouache(hull, lit(new Color(0xfdf6ea)), lit(new Color(0xc7cad6)), 20, 10);
    b.polygon(lit(RED), -17, -84, 0, -105, 17, -84);
    b.oval(0, -58, 13, 13, lit(GOLD));
    b.oval(0, -58, 9.5, 9.5, new Color(0x7cc0e0));
    b.oval(-3, -61, 3, 3, Color.WHITE);
  }

  private void boat() {
    b.line(0, -20, 0, -100, lit(WOOD), 4);
    Path2D sail = new Path2D.Double();
    sail.moveTo(5, -96);
    sail.quadTo(60, -60, 48, -30);
    sail.lineTo(5, -30);
    sail.closePath();
    b.gouache(sail, lit(new Color(0xfff6e4)), lit(new Color(0xead9bd)), 16, 10);
    b.polygon(lit(RED), -5, -88, -38, -32, -5, -32);
    Path2D hull = new Path2D.Double();
    hull.moveTo(-62, -24);
    hull.quadTo(0, -16, 62, -26);
    hull.quadTo(46, 4, 30, 4);
    hull.lineTo(-34, 4);
    hull.quadTo(-52, -2, -62, -24);
    hull.closePath();
    b.gouache(hull, lit(WOOD), lit(shade(WOOD, 0.7)), 16, 12);
  }

  private void bridge() {
    Path2D arch = new Path2D.Double();
    arch.moveTo(-120, 0);
    arch.quadTo(0, -100, 120, 0);
    arch.lineTo(84, 0);
    arch.quadTo(0, -62, -84, 0);
    arch.closePath();
    b.gouache(arch, lit(new Color(0xb9a890)), lit(new Color(0x877866)), 60, 10);
    for (int i = -5; i <= 5; i++) {
      double y = -50 + i * i * 2.0;
      b.line(i * 20, y, i * 20, y - 26, lit(WOOD), 5);
    }
    b.bow(-105, -28, 0, -126, 105, -28, lit(WOOD), 6);
  }

  private void tent() {
    b.gouache(
        shape(-70, 0, 0, -96, 70, 0), lit(new Color(0xe6a64e)), lit(new Color(0xc67c35)), 40, 14);
    b.polygon(lit(new Color(0x6a3f33)), -20, 0, 0, -70, 20, 0);
    b.glow(0, -16, 34, new Color(0xffdf8a), 0.8);
    b.line(-6, -100, 0, -94, lit(WOOD), 4);
    b.line(6, -100, 0, -94, lit(WOOD), 4);
  }

  private void well() {
    b.polygon(lit(RED), -58, -70, 0, -104, 58, -70);
    b.line(-40, -70, -40, -36, lit(WOOD), 7);
    b.line(40, -70, 40, -36, lit(WOOD), 7);
    b.line(-40, -62, 40, -62, lit(WOOD), 5);
    b.gouache(
        shape(-50, 0, -50, -38, 50, -38, 50, 0),
        lit(new Color(0xb4aca4)),
        lit(new Color(0x837c7c)),
        40,
        9);
    b.oval(0, -38, 50, 10, lit(new Color(0x5b5a68)));
    b.round(-9, -56, 18, 16, 4, lit(WOOD));
  }

  private void door() {
    Path2D frame = new Path2D.Double();
    frame.moveTo(-36, 0);
    frame.lineTo(-36, -62);
    frame.curveTo(-36, -112, 36, -112, 36, -62);
    frame.lineTo(36, 0);
    frame.closePath();
    b.glow(0, -50, 84, new Color(0xffe6a0), 0.6);
    b.fill(frame, lit(new Color(0x9a9088)));
    b.g.scale(0.8, 0.9);
    b.gouache(frame, lit(new Color(0x4f8b86)), lit(new Color(0x2f625f)), 30, 12);
    b.oval(20, -40, 5, 5, GOLD);
    b.g.scale(1 / 0.8, 1 / 0.9);
  }

  private void moon() {
    b.glow(0, -50, 150, new Color(0xfff3cc), 0.6);
    b.oval(0, -50, 50, 50, new Color(0xfff1cf));
    b.oval(-14, -62, 12, 10, alpha(new Color(0xd8c69e), 0.6));
    b.oval(16, -38, 15, 12, alpha(new Color(0xd8c69e), 0.5));
    b.oval(14, -70, 6, 5, alpha(new Color(0xd8c69e), 0.5));
  }

  private void lantern() {
    b.glow(0, -42, 64, new Color(0xffd98a), 0.7);
    b.line(ellipse(0, -86, 16, 14), lit(shade(WOOD, 0.5)), 5);
    b.round(-30, -76, 60, 72, 14, shade(WOOD, 0.55));
    b.round(-22, -66, 44, 52, 10, new Color(0xffe7a6));
    b.oval(0, -36, 9, 17, new Color(0xffb545));
    b.oval(0, -32, 5, 10, new Color(0xfff6d8));
    b.line(0, -66, 0, -56, shade(WOOD, 0.55), 4);
  }

  private void map() {
    b.gouache(
        shape(-70, -6, -62, -84, -20, -74, 22, -86, 66, -76, 72, 0, 24, -10, -18, 2),
        PAPER,
        shade(PAPER, 0.88),
        20,
        12);
    b.bow(-48, -60, -10, -20, 10, -52, new Color(0x7ba05a), 5);
    b.bow(10, -52, 26, -70, 46, -30, new Color(0x7ba05a), 5);
    b.line(40, -36, 54, -22, RED, 7);
    b.line(54, -36, 40, -22, RED, 7);
    b.line(-20, -74, -18, 2, alpha(shade(PAPER, 0.6), 0.5), 2);
    b.line(22, -86, 24, -10, alpha(shade(PAPER, 0.6), 0.5), 2);
  }

  private void umbrella() {
    b.line(0, 26, 0, -130, shade(WOOD, 0.6), 6);
    Path2D top = new Path2D.Double();
    top.moveTo(-104, -116);
    top.curveTo(-90, -220, 90, -220, 104, -116);
    for (int i = 2; i >= -3; i--) {
      top.quadTo(i * 34.7 + 17, -134, i * 34.7, -116);
    }
    top.closePath();
    b.fade(top, new Color(0xe2604f), new Color(0xb93e42));
    b.bow(-36, -118, -38, -180, 0, -194, alpha(PAPER, 0.7), 4);
    b.bow(36, -118, 38, -180, 0, -194, alpha(PAPER, 0.7), 4);
    b.oval(0, -197, 5, 7, GOLD);
  }

  private void book() {
    b.polygon(new Color(0x8a3d46), -66, -64, 0, -52, 66, -64, 66, 2, 0, 14, -66, 2);
    b.fade(shape(-60, -70, -2, -56, -2, 6, -60, -4), tint(PAPER, 0.4), PAPER);
    b.fade(shape(60, -70, 2, -56, 2, 6, 60, -4), tint(PAPER, 0.4), PAPER);
    for (int i = 0; i < 4; i++) {
      b.line(-50, -54 + i * 12, -12, -45 + i * 12, alpha(shade(PAPER, 0.5), 0.5), 2.4);
      b.line(50, -54 + i * 12, 12, -45 + i * 12, alpha(shade(PAPER, 0.5), 0.5), 2.4);
    }
  }

  private void feather() {
    Path2D vane = new Path2D.Double();
    vane.moveTo(-4, -10);
    vane.curveTo(-40, -50, -4, -92, 26, -104);
    vane.curveTo(36, -70, 24, -30, -4, -10);
    vane.closePath();
    b.fade(vane, new Color(0x8fd0da), new Color(0x4a86b8));
    b.bow(-12, 8, 0, -40, 24, -100, tint(PAPER, 0.5), 3);
  }

  private void teddy() {
    Color fur = lit(new Color(0xb5814f));
    b.oval(-24, -84, 13, 13, fur);
    b.oval(24, -84, 13, 13, fur);
    b.oval(0, -26, 29, 28, fur);
    b.oval(0, -22, 17, 17, tint(fur, 0.4));
    b.oval(-30, -34, 11, 17, fur);
    b.oval(30, -34, 11, 17, fur);
    b.oval(0, -68, 33, 28, fur);
    b.oval(0, -60, 15, 11, tint(fur, 0.5));
    b.oval(-12, -74, 4, 5, shade(fur, 0.25));
    b.oval(12, -74, 4, 5, shade(fur, 0.25));
    b.oval(0, -64, 5, 4, shade(fur, 0.25));
  }

  private void cake() {
    b.oval(0, -4, 66, 10, lit(new Color(0xdfe6ea)));
    b.round(-52, -48, 104, 46, 12, lit(new Color(0xd99a5c)));
    b.round(-54, -62, 108, 30, 22, new Color(0xfbe3e4));
    for (int i = -2; i <= 2; i++) {
      b.oval(i * 21, -34, 9, 11, new Color(0xfbe3e4));
      b.line(i * 18, -62, i * 18, -82, i % 2 == 0 ? new Color(0x5a9bd0) : RED, 5);
      b.glow(i * 18, -90, 16, new Color(0xffd76a), 0.8);
      b.oval(i * 18, -89, 3, 6, new Color(0xffe9a0));
    }
  }

  private void chest() {
    b.glow(0, -60, 110, new Color(0xffe08a), 0.7);
    b.polygon(lit(shade(WOOD, 0.7)), -60, -50, -50, -100, 50, -100, 60, -50);
    for (int i = 0; i < 12; i++) {
      b.oval(-44 + i * 8, -52 - b.between(0, 9), 9, 8, i % 3 == 0 ? tint(GOLD, 0.4) : GOLD);
    }
    b.gouache(shape(-60, 0, -60, -50, 60, -50, 60, 0), lit(WOOD), lit(shade(WOOD, 0.7)), 30, 14);
    b.line(-60, -50, 60, -50, lit(GOLD), 6);
    b.line(-36, -48, -36, 0, lit(shade(GOLD, 0.8)), 6);
    b.line(36, -48, 36, 0, lit(shade(GOLD, 0.8)), 6);
    b.round(-9, -50, 18, 20, 5, lit(GOLD));
  }

  private void campfire() {
    b.glow(0, -30, 190, new Color(0xffb35a), 0.7);
    b.line(-46, -2, 40, -18, shade(WOOD, 0.7), 15);
    b.line(46, -2, -40, -18, shade(WOOD, 0.85), 15);
    Path2D flame = new Path2D.Double();
    flame.moveTo(-30, -16);
    flame.curveTo(-46, -56, -8, -60, -6, -98);
    flame.curveTo(20, -76, 44, -50, 30, -16);
    flame.closePath();
    b.fade(flame, new Color(0xf6a13c), new Color(0xe2572f));
    b.oval(2, -30, 15, 24, new Color(0xffd35c));
    b.oval(3, -24, 8, 14, new Color(0xfff4c6));
  }
}
