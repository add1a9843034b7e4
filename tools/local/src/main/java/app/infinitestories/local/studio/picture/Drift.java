package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Snow, rain, leaves and the like: where each mote is at a given second, and how it looks. */
final class Drift {
  /** One drifting thing; position at second 0 in page units, size as a factor. */
  record Mote(double x, double y, double size, double phase, int tone) {}

  private static final int[] LEAVES = {0xd98b3a, 0xc9643a, 0xe0b04a, 0xa8a04c};

  private Drift() {}

  static List<Mote> motes(Stage.Particles particles, double width) {
    Random random = new Random(particles.seed());
    List<Mote> motes = new ArrayList<>();
    for (int i = 0; i < particles.count(); i++) {
      motes.add(
          new Mote(
              random.nextDouble() * width,
              random.nextDouble() * Stage.HEIGHT,
              0.5 + random.nextDouble() * 0.8,
              random.nextDouble() * 2 * Math.PI,
              random.nextInt(LEAVES.length)));
    }
    return motes;
  }

  static double x(Stage.Particle kind, Mote mote, double seconds, double width) {
    double wave =
        kind == Stage.Particle.RAIN
            ? 0
            : 16 * (Math.sin(seconds * 1.7 + mote.phase()) - Math.sin(mote.phase()));
    return wrap(mote.x() + kind.vx * mote.size() * seconds + wave, width);
  }

  static double y(Stage.Particle kind, Mote mote, double seconds) {
    return wrap(mote.y() + kind.vy * mote.size() * seconds, Stage.HEIGHT);
  }

  private static double wrap(double value, double size) {
    double span = size + 80;
    double shifted = (value + 40) % span;
    return (shifted < 0 ? shifted + span : shifted) - 40;
  }

  static void paint(Graphics2D g, Stage.Particle kind, Mote mote, double seconds, double width) {
    AffineTransform before = g.getTransform();
    g.translate(x(kind, mote, seconds, width), y(kind, mote, seconds));
    mark(new Brush(g, 1), kind, mote);
    g.setTransform(before);
  }

  /** The mote itself, centred on the origin. */
  static void mark(Brush b, Stage.Particle kind, Mote mote) {
    double r = kind.radius * mote.size();
    switch (kind) {
      case SNOW -> {
        b.glow(0, 0, r * 1.5, Color.WHITE, 0.55);
        b.oval(0, 0, r * 0.62, r * 0.62, alpha(Color.WHITE, 0.92));
      }
      case RAIN -> b.line(0, 0, -r * 0.16, r * 2, alpha(new Color(0xe6f1f6), 0.5), 2);
      case LEAVES -> b.dab(0, 0, r, r * 0.5, mote.phase(), new Color(LEAVES[mote.tone()]));
      case BUBBLES -> {
        b.line(Brush.ellipse(0, 0, r, r), alpha(new Color(0xeafcff), 0.8), 1.8);
        b.oval(0, 0, r, r, alpha(new Color(0xd6f6ff), 0.2));
        b.oval(-r * 0.35, -r * 0.35, r * 0.24, r * 0.24, alpha(Color.WHITE, 0.9));
      }
      case FIREFLIES -> {
        b.glow(0, 0, r * 2.4, new Color(0xffe88a), 0.7);
        b.oval(0, 0, r * 0.3, r * 0.3, new Color(0xfffbe0));
      }
      case DUST -> b.glow(0, 0, r * 1.6, new Color(0xfff3cf), 0.7);
      case PETALS -> b.dab(0, 0, r, r * 0.55, mote.phase(), alpha(new Color(0xf9cfd2), 0.9));
    }
  }
}
