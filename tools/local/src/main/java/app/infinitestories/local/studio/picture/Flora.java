package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;
import static app.infinitestories.local.studio.picture.Brush.shade;
import static app.infinitestories.local.studio.picture.Brush.tint;

import java.awt.Color;
import java.awt.geom.Path2D;

/** Trees, grass, flowers and leaves. Bases are at (x, y), heights in page units. */
final class Flora {
  private static final int[] PETALS = {0xf4f0e4, 0xf2b8c0, 0xf6cf62, 0xb9a5dc, 0xe8745f, 0x9cc4e6};

  private Flora() {}

  static void roundTree(Brush b, double x, double y, double h, Color leaf, Color bark) {
    Path2D trunk = new Path2D.Double();
    trunk.moveTo(x - h * 0.06, y);
    trunk.quadTo(x - h * 0.025, y - h * 0.25, x - h * 0.03, y - h * 0.5);
    trunk.lineTo(x + h * 0.03, y - h * 0.5);
    trunk.quadTo(x + h * 0.03, y - h * 0.25, x + h * 0.07, y);
    trunk.closePath();
    b.fade(trunk, shade(bark, 0.75), bark);
    crown(b, x, y - h * 0.66, h * 0.34, leaf);
  }

  static void crown(Brush b, double x, double y, double r, Color leaf) {
    b.fill(b.blob(x + r * 0.1, y + r * 0.15, r * 1.04, r * 0.92, 0.1), shade(leaf, 0.76));
    b.gouache(b.blob(x, y, r, r * 0.9, 0.1), tint(leaf, 0.12), shade(leaf, 0.86), 26, r * 0.3);
    for (int i = 0; i < 26; i++) {
      double a = b.between(0, 6.28);
      double d = Math.sqrt(b.random.nextDouble()) * r * 0.86;
      double dx = Math.cos(a) * d;
      double dy = Math.sin(a) * d * 0.88;
      boolean light = dx + dy < 0;
      b.dab(
          x + dx,
          y + dy,
          r * 0.16,
          r * 0.1,
          b.between(-1, 1),
          alpha(light ? tint(leaf, 0.4) : shade(leaf, 0.7), 0.34));
    }
  }

  static void conifer(Brush b, double x, double y, double h, Color leaf, Color bark, boolean snow) {
    b.round(x - h * 0.035, y - h * 0.14, h * 0.07, h * 0.15, 3, bark);
    for (int i = 0; i < 4; i++) {
      double base = y - h * (0.08 + i * 0.21);
      double half = h * (0.27 - i * 0.055);
      Path2D tier = new Path2D.Double();
      tier.moveTo(x - half, base);
      tier.quadTo(x - half * 0.35, base - h * 0.1, x, base - h * 0.33);
      tier.quadTo(x + half * 0.35, base - h * 0.1, x + half, base);
      tier.quadTo(x, base + h * 0.05, x - half, base);
      tier.closePath();
      b.fade(tier, tint(leaf, 0.12), shade(leaf, 0.78));
      if (snow) {
        Path2D cap = new Path2D.Double();
        cap.moveTo(x - half * 0.5, base - h * 0.11);
        cap.quadTo(x - half * 0.2, base - h * 0.16, x, base - h * 0.34);
        cap.quadTo(x + half * 0.2, base - h * 0.16, x + half * 0.55, base - h * 0.1);
        cap.quadTo(x + half * 0.1, base - h * 0.16, x - half * 0.5, base - h * 0.11);
        cap.closePath();
        b.fill(cap, alpha(new Color(0xfaf8ff), 0.9));
      }
    }
  }

  static void palm(Brush b, double x, double y, double h, double lean, TimeOfDay light) {
    double tx = x + lean;
    double ty = y - h;
    Color bark = light.lit(new Color(0xa47c50));
    b.bow(x, y, x + lean * 0.1, y - h * 0.6, tx, ty, shade(bark, 0.75), h * 0.075);
    b.bow(x - 2, y, x + lean * 0.1 - 2, y - h * 0.6, tx - 2, ty, bark, h * 0.05);
    for (int i = 0; i < 9; i++) {
      double a = Math.PI * (0.95 + 1.1 * i / 8.0);
      double ex = tx + Math.cos(a) * h * 0.5;
      double ey = ty + Math.sin(a) * h * 0.26 + h * 0.16;
      Path2D leaf = new Path2D.Double();
      leaf.moveTo(tx, ty);
      leaf.quadTo((tx + ex) / 2, Math.min(ty, ey) - h * 0.2, ex, ey);
      leaf.quadTo((tx + ex) / 2, Math.min(ty, ey) - h * 0.08, tx, ty);
      leaf.closePath();
      Color c = light.lit(new Color(i % 2 == 0 ? 0x5c9c54 : 0x44844a));
      b.fade(leaf, tint(c, 0.15), shade(c, 0.85));
    }
    b.oval(tx - 8, ty + 12, 10, 10, shade(bark, 0.6));
    b.oval(tx + 10, ty + 13, 10, 10, shade(bark, 0.5));
  }

  static void grass(Brush b, double x, double y, double h, Color colour) {
    for (int i = 0; i < 5; i++) {
      double lean = b.between(-0.5, 0.5) * h;
      double tall = h * b.between(0.6, 1);
      Path2D blade = new Path2D.Double();
      double bx = x + (i - 2) * h * 0.1;
      blade.moveTo(bx - h * 0.05, y);
      blade.quadTo(bx + lean * 0.2, y - tall * 0.6, bx + lean, y - tall);
      blade.quadTo(bx + lean * 0.35 + h * 0.05, y - tall * 0.5, bx + h * 0.06, y);
      blade.closePath();
      b.fade(blade, tint(colour, 0.16), shade(colour, 0.9));
    }
  }

  static void flower(Brush b, double x, double y, double h, TimeOfDay light) {
    Color stem = light.lit(new Color(0x5d8f4a));
    double top = y - h;
    double lean = b.between(-0.15, 0.15) * h;
    b.bow(x, y, x, y - h * 0.5, x + lean, top, stem, Math.max(1.6, h * 0.045));
    b.dab(x + h * 0.1, y - h * 0.3, h * 0.14, h * 0.05, -0.6, stem);
    Color petal = light.lit(new Color(PETALS[b.random.nextInt(PETALS.length)]));
    double r = h * 0.12;
    for (int i = 0; i < 6; i++) {
      double a = i * Math.PI / 3 + lean;
      b.oval(
          x + lean + Math.cos(a) * r,
          top + Math.sin(a) * r,
          r * 0.72,
          r * 0.72,
          i % 2 == 0 ? petal : shade(petal, 0.93));
    }
    b.oval(x + lean, top, r * 0.62, r * 0.62, light.lit(new Color(0xf0b840)));
  }

  static void mushroom(Brush b, double x, double y, double h, TimeOfDay light) {
    b.fade(
        Brush.ellipse(x, y - h * 0.3, h * 0.17, h * 0.34),
        light.lit(new Color(0xf6ead4)),
        light.lit(new Color(0xcdb897)));
    Path2D cap = new Path2D.Double();
    cap.moveTo(x - h * 0.5, y - h * 0.45);
    cap.curveTo(x - h * 0.4, y - h * 1.1, x + h * 0.4, y - h * 1.1, x + h * 0.5, y - h * 0.45);
    cap.quadTo(x, y - h * 0.32, x - h * 0.5, y - h * 0.45);
    cap.closePath();
    b.fade(cap, light.lit(new Color(0xd9583f)), light.lit(new Color(0xa8372f)));
    for (int i = -1; i <= 1; i++) {
      b.oval(
          x + i * h * 0.24,
          y - h * (0.62 + (i == 0 ? 0.16 : 0)),
          h * 0.07,
          h * 0.05,
          light.lit(new Color(0xfaf0dc)));
    }
  }

  /** A long foreground leaf from (x, y) to the tip; its width is a share of its length. */
  static void leaf(Brush b, double x, double y, double tipX, double tipY, double width, Color c) {
    double mx = (x + tipX) / 2;
    double my = (y + tipY) / 2;
    double dx = tipX - x;
    double dy = tipY - y;
    double ox = -dy * width;
    double oy = dx * width;
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.quadTo(mx + ox, my + oy, tipX, tipY);
    path.quadTo(mx - ox, my - oy, x, y);
    path.closePath();
    b.fade(path, tint(c, 0.12), shade(c, 0.85));
    b.bow(x, y, mx, my, tipX, tipY, alpha(tint(c, 0.45), 0.5), 2);
  }
}
