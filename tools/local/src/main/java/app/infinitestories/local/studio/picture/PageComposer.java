package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Puts place, things, companions and hero together on a {@link Stage}. */
final class PageComposer {
  /** How close the camera stands: the hero's height and where the feet are, in page units. */
  private record Shot(double heroHeight, double feetY) {}

  private final Stage s;
  private final @Nullable HeroLook look;
  private final Random random;
  private final double heroX;
  private final boolean heroLeft;
  private final Shot shot;

  private PageComposer(Stage s, @Nullable HeroLook look) {
    this.s = s;
    this.look = look;
    this.random = new Random(s.seed * 131 + 5);
    this.heroLeft = random.nextBoolean();
    double third = 0.37 + random.nextDouble() * 0.06;
    boolean company = !s.plan.companions().isEmpty() || s.plan.pose() == Pose.REACHING;
    double x = company ? third : 0.43 + random.nextDouble() * 0.05;
    this.heroX = s.width * (heroLeft ? x : 1 - x);
    int roll = random.nextInt(10);
    this.shot = roll < 3 ? new Shot(690, 1010) : roll < 8 ? new Shot(570, 925) : new Shot(470, 890);
  }

  static Stage compose(String prompt, @Nullable HeroLook look, long seed, double width) {
    Stage stage = new Stage(ScenePlan.read(prompt, seed), seed, width);
    new PageComposer(stage, look).compose();
    return stage;
  }

  private void compose() {
    if (s.plan.place().indoors()) {
      Interiors.build(s);
    } else {
      Outdoors.build(s);
    }
    Stage.Element foreground = s.elements.removeLast();
    int behind = 0;
    int ground = 0;
    for (Prop prop : s.plan.props()) {
      switch (prop.where) {
        case SKY -> skyProp(prop, behind++);
        case BEHIND -> backProp(prop);
        case FAR -> farProp(prop, behind++);
        case GROUND -> groundProp(prop, ground++);
        case HAND -> {
          if (look == null || held() != prop) {
            groundProp(prop, ground++);
          }
        }
      }
    }
    int index = 0;
    for (Companion companion : s.plan.companions()) {
      companion(companion, index++);
    }
    if (look != null) {
      hero(look);
    }
    s.elements.add(foreground);
    weather();
  }

  private @Nullable Prop held() {
    return s.plan.props().stream().filter(p -> p.where == Prop.Where.HAND).findFirst().orElse(null);
  }

  private void weather() {
    switch (s.plan.weather()) {
      case RAIN -> {
        if (!s.plan.place().indoors()) {
          s.particles(1.3, Stage.Particle.RAIN, 130);
        }
      }
      case SNOW -> {
        if (!s.plan.place().indoors()) {
          s.particles(1.3, Stage.Particle.SNOW, 110);
        }
      }
      case WIND -> s.particles(1.3, Stage.Particle.LEAVES, 26);
      case CLEAR -> {
        if (s.plan.time().dark() && !s.plan.place().indoors()) {
          s.particles(1.1, Stage.Particle.FIREFLIES, 18);
        } else if (s.plan.place() == Place.GARDEN || s.plan.place() == Place.MEADOW) {
          s.particles(1.2, Stage.Particle.PETALS, 20);
        }
      }
    }
  }

  private double otherSide(int index) {
    double x = heroLeft ? 0.72 + 0.13 * index : 0.28 - 0.13 * index;
    return s.width * x;
  }

  private void skyProp(Prop prop, int index) {
    double x = otherSide(0) + (index % 2 == 0 ? 0 : -120);
    double y = 330 + 60 * (index % 2);
    double k = prop == Prop.BALLOON ? 1.9 : 1.7;
    prop(prop, 0.6, x, y, k, 14);
  }

  private void backProp(Prop prop) {
    if (prop == Prop.RAINBOW) {
      prop(prop, 0.1, s.width * 0.5, 690, s.width / 400, 0);
    } else {
      prop(prop, 0.04, s.width * (heroLeft ? 0.7 : 0.3), 330, 2.1, 0);
    }
  }

  private void farProp(Prop prop, int index) {
    double x = otherSide(0) + (heroLeft ? 1 : -1) * (index == 0 ? 60 : -150);
    boolean water =
        prop == Prop.BOAT && (s.plan.place() == Place.BEACH || s.plan.place() == Place.ISLAND);
    double k =
        switch (prop) {
          case ROCKET, TREE -> 4.1;
          case TENT, DOOR -> 2.9;
          case BOAT -> 2.1;
          default -> 2.2;
        };
    prop(prop, 0.78, x, water ? 730 : 835, k, prop == Prop.BOAT ? 5 : 0);
  }

  private void groundProp(Prop prop, int index) {
    double x = heroX + (heroLeft ? 1 : -1) * (215 + 150 * index);
    if (!s.plan.companions().isEmpty()) {
      x = heroX - (heroLeft ? 1 : -1) * (230 + 120 * index);
    }
    prop(
        prop,
        0.97,
        Math.clamp(x, 90.0, s.width - 90),
        895,
        prop.where == Prop.Where.HAND ? 1.05 : 1.6,
        0);
  }

  private void prop(Prop prop, double depth, double x, double y, double k, double sway) {
    double reach = prop == Prop.RAINBOW ? 160 : 205;
    Rectangle2D bounds = new Rectangle2D.Double(x - reach * k, y - 240 * k, 2 * reach * k, 400 * k);
    s.actor(
        depth,
        bounds,
        4,
        sway,
        (Stage.Inanimate)
            (b, phase) -> {
              if (prop.where == Prop.Where.GROUND || prop.where == Prop.Where.HAND) {
                b.shadow(x, y, 62 * k, 12 * k);
              }
              AffineTransform before = b.g.getTransform();
              b.g.translate(x, y);
              b.g.scale(k, k);
              PropPainter.paint(b.g, prop, s.plan.time());
              b.g.setTransform(before);
            });
  }

  private void companion(Companion companion, int index) {
    double k = companion.height / 100 * (shot.heroHeight() / 570);
    boolean flying =
        companion == Companion.FAIRY || companion == Companion.OWL || (companion == Companion.BIRD);
    boolean giant = companion == Companion.GIANT;
    boolean sea = companion == Companion.WHALE;
    double x =
        giant ? s.width * (heroLeft ? 0.8 : 0.2) : otherSide(index) - (heroLeft ? 1 : -1) * 20;
    double y =
        flying
            ? shot.feetY() - shot.heroHeight() * 0.62
            : sea
                ? (s.plan.place() == Place.UNDERWATER ? 560 : 745)
                : giant ? 850 : Math.min(shot.feetY() - 22, 872) + 18 * index;
    double depth = sea ? 0.6 : giant ? 0.75 : 0.96;
    Rectangle2D bounds = new Rectangle2D.Double(x - 130 * k, y - 130 * k, 260 * k, 150 * k);
    boolean mirrored = !heroLeft;
    s.actor(
        depth,
        bounds,
        3.1 + index * 0.7,
        flying || sea ? 9 : 0,
        (b, phase) -> {
          if (!flying && !sea) {
            b.shadow(x, y, 58 * k, 9 * k);
          }
          AffineTransform before = b.g.getTransform();
          b.g.translate(x, y);
          b.g.scale(mirrored ? -k : k, k);
          CompanionPainter.paint(b, companion, phase);
          b.g.setTransform(before);
        });
  }

  private void hero(HeroLook hero) {
    ScenePlan plan = s.plan;
    double k = shot.heroHeight() / HeroPainter.HEIGHT;
    boolean flying = plan.pose() == Pose.FLYING;
    double y = flying ? Math.min(shot.feetY() - 130, 850) : shot.feetY();
    Prop held = held();
    Pose pose =
        held != null && (plan.pose() == Pose.STANDING || plan.pose() == Pose.LOOKING_UP)
            ? Pose.HOLDING
            : plan.pose();
    boolean mirrored = !heroLeft;
    HeroPainter.Turn turn =
        plan.companions().isEmpty() && random.nextInt(3) == 0
            ? HeroPainter.Turn.FRONT
            : HeroPainter.Turn.THREE_QUARTER;
    Rectangle2D bounds = new Rectangle2D.Double(heroX - 190 * k, y - 400 * k, 380 * k, 440 * k);
    double period = pose == Pose.WALKING ? 1.15 : pose == Pose.WAVING ? 1.6 : 3.4;
    s.actor(
        1,
        bounds,
        period,
        flying ? 12 : pose == Pose.WALKING ? 4 : 0,
        (b, phase) -> {
          if (plan.time().dark() || plan.place() == Place.CAVE) {
            b.glow(heroX, y - 170 * k, 190 * k, new Color(0xffe3b0), 0.38);
          }
          if (!flying) {
            b.shadow(heroX, y - 2, 82 * k, 13 * k);
          }
          AffineTransform before = b.g.getTransform();
          b.g.translate(heroX, y);
          b.g.scale(k, k);
          boolean behind = held == Prop.UMBRELLA;
          if (held != null && behind) {
            held(b, held, HeroPainter.hand(pose, phase), mirrored);
          }
          HeroPainter.paint(
              b.g, hero, new HeroPainter.Figure(pose, plan.mood(), turn, mirrored, phase));
          if (held != null && !behind) {
            held(b, held, HeroPainter.hand(pose, phase), mirrored);
          }
          b.g.setTransform(before);
        });
  }

  private static void held(Brush b, Prop prop, Point2D hand, boolean mirrored) {
    AffineTransform before = b.g.getTransform();
    b.g.translate(mirrored ? -hand.getX() : hand.getX(), hand.getY());
    double k = prop == Prop.UMBRELLA ? 1.25 : 0.62;
    b.g.scale(k, k);
    b.g.translate(0, prop == Prop.UMBRELLA ? -30 : prop == Prop.LANTERN ? 82 : 34);
    PropPainter.paint(b.g, prop, TimeOfDay.DAY);
    b.g.setTransform(before);
  }
}
