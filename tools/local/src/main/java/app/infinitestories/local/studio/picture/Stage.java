package app.infinitestories.local.studio.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A page as a stage: painted plates and moving actors from far to near. Coordinates are page units:
 * the page is 1000 high, {@link #width} wide; plates reach beyond its edges by {@link #MARGIN}.
 */
final class Stage {
  static final double MARGIN = 130;
  static final double HEIGHT = 1000;

  /** One thing on the stage; depth 0 is the horizon, 1 the hero's plane, above 1 in front. */
  sealed interface Element {
    double depth();
  }

  /** A still layer. */
  record Plate(double depth, long seed, boolean textured, Consumer<Brush> painting)
      implements Element {
    void paint(Graphics2D g) {
      painting.accept(new Brush(g, seed));
    }
  }

  /** Paints one position of a movement cycle. */
  interface Movement {
    void paint(Brush b, double phase);
  }

  /** A movement that always looks the same; only its actor's sway moves it. */
  interface Inanimate extends Movement {}

  /** A figure inside its bounds, moving through a cycle of the given length. */
  record Actor(
      double depth,
      long seed,
      Rectangle2D bounds,
      double periodSeconds,
      double sway,
      Movement movement)
      implements Element {
    void paint(Graphics2D g, double phase) {
      movement.paint(new Brush(g, seed), phase);
    }
  }

  /** Small things that drift through the page: each starts at its place at second 0. */
  record Particles(double depth, long seed, Particle kind, int count) implements Element {}

  /** What drifts, with its velocity in page units per second and its radius. */
  enum Particle {
    SNOW(18, 90, 6),
    RAIN(-60, 900, 16),
    LEAVES(150, 70, 11),
    BUBBLES(4, -80, 9),
    FIREFLIES(10, -8, 9),
    DUST(8, -10, 3.4),
    PETALS(45, 34, 6);

    final double vx;
    final double vy;
    final double radius;

    Particle(double vx, double vy, double radius) {
      this.vx = vx;
      this.vy = vy;
      this.radius = radius;
    }
  }

  final double width;
  final long seed;
  final ScenePlan plan;
  final List<Element> elements = new ArrayList<>();

  Stage(ScenePlan plan, long seed, double width) {
    this.plan = plan;
    this.seed = seed;
    this.width = width;
  }

  double left() {
    return -MARGIN;
  }

  double right() {
    return width + MARGIN;
  }

  double floor() {
    return HEIGHT + MARGIN;
  }

  Rectangle2D all() {
    return new Rectangle2D.Double(left(), -MARGIN, width + 2 * MARGIN, HEIGHT + 2 * MARGIN);
  }

  private long nextSeed() {
    return seed * 7919 + elements.size() * 104729L;
  }

  void plate(double depth, Consumer<Brush> painting) {
    elements.add(new Plate(depth, nextSeed(), true, painting));
  }

  void smoothPlate(double depth, Consumer<Brush> painting) {
    elements.add(new Plate(depth, nextSeed(), false, painting));
  }

  void actor(
      double depth, Rectangle2D bounds, double periodSeconds, double sway, Movement movement) {
    elements.add(new Actor(depth, nextSeed(), bounds, periodSeconds, sway, movement));
  }

  void particles(double depth, Particle kind, int count) {
    elements.add(new Particles(depth, nextSeed(), kind, count));
  }
}
