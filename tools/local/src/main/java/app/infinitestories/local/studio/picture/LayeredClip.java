package app.infinitestories.local.studio.picture;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of ours in motion: its plates slide past each other as the camera travels, its figures go
 * through their movement cycles, snow, leaves and sparks drift. Starts on the given picture
 * exactly.
 */
final class LayeredClip implements ClipScene {
  /** Figures are drawn "on twos": 12 positions a second are what hand-drawn film uses. */
  private static final double POSITIONS_PER_SECOND = 12;

  private static final double OPENING_SECONDS = 0.4;

  /** A layer as pixels at a depth. */
  private sealed interface Layer {
    double depth();
  }

  private record Still(double depth, Sprite sprite) implements Layer {}

  private record Moving(double depth, Stage.Actor actor, List<Sprite> positions) implements Layer {}

  private record Drifting(
      double depth, Stage.Particle kind, List<Drift.Mote> motes, List<Sprite> marks)
      implements Layer {}

  private final int width;
  private final int height;
  private final double scale;
  private final double pageWidth;
  private final AffineTransform toFrame;
  private final CameraMove move;
  private final List<Layer> layers = new ArrayList<>();
  private final BufferedImage frame;
  private final int[] framePixels;
  private final int[] opening;

  LayeredClip(BufferedImage opening, Stage stage, CameraMove move, int width, int height) {
    this.width = width;
    this.height = height;
    this.move = move;
    this.pageWidth = stage.width;
    this.scale = Math.max(width / stage.width, height / Stage.HEIGHT);
    this.toFrame =
        new AffineTransform(
            scale,
            0,
            0,
            scale,
            (width - stage.width * scale) / 2,
            (height - Stage.HEIGHT * scale) / 2);
    this.frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.framePixels = ((DataBufferInt) frame.getRaster().getDataBuffer()).getData();
    this.opening = ((DataBufferInt) opening.getRaster().getDataBuffer()).getData();
    int margin = (int) Math.ceil(width * 0.07);
    for (Stage.Element element : stage.elements) {
      layers.add(
          switch (element) {
            case Stage.Plate plate -> still(plate, margin);
            case Stage.Actor actor -> moving(actor);
            case Stage.Particles particles -> drifting(particles);
          });
    }
  }

  private Layer still(Stage.Plate plate, int margin) {
    AffineTransform placed = AffineTransform.getTranslateInstance(margin, margin);
    placed.concatenate(toFrame);
    BufferedImage image = PagePainter.plate(plate, placed, width + 2 * margin, height + 2 * margin);
    return new Still(plate.depth(), new Sprite(image, -margin, -margin));
  }

  private Layer moving(Stage.Actor actor) {
    int count =
        actor.movement() instanceof Stage.Inanimate
            ? 1
            : (int) Math.round(actor.periodSeconds() * POSITIONS_PER_SECOND);
    Rectangle2D box = toFrame.createTransformedShape(actor.bounds()).getBounds2D();
    Rectangle2D near =
        new Rectangle2D.Double(-width * 0.1, -height * 0.1, width * 1.2, height * 1.2);
    Rectangle2D.intersect(box, near, box);
    int left = (int) Math.floor(box.getMinX());
    int top = (int) Math.floor(box.getMinY());
    int w = Math.max(1, (int) Math.ceil(box.getWidth()));
    int h = Math.max(1, (int) Math.ceil(box.getHeight()));
    List<Sprite> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB_PRE);
      Graphics2D g = image.createGraphics();
      g.translate(-left, -top);
      g.transform(toFrame);
      actor.paint(g, i / (double) count);
      g.dispose();
      positions.add(new Sprite(image, left, top));
    }
    return new Moving(actor.depth(), actor, positions);
  }

  private Layer drifting(Stage.Particles particles) {
    List<Drift.Mote> motes = Drift.motes(particles, pageWidth);
    List<Sprite> marks = new ArrayList<>();
    int half = (int) Math.ceil(particles.kind().radius * 3.4 * scale) + 1;
    for (Drift.Mote mote : motes) {
      BufferedImage image = new BufferedImage(2 * half, 2 * half, BufferedImage.TYPE_INT_ARGB_PRE);
      Graphics2D g = image.createGraphics();
      g.translate(half, half);
      g.scale(scale, scale);
      Drift.mark(new Brush(g, 1), particles.kind(), mote);
      g.dispose();
      marks.add(new Sprite(image, -half, -half));
    }
    return new Drifting(particles.depth(), particles.kind(), motes, marks);
  }

  @Override
  public synchronized void paint(Graphics2D g, double seconds) {
    double progress = CameraMove.progress(seconds);
    int[] hidden = hiddenFrom(progress);
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Placement at = placement(layer.depth(), progress);
      switch (layer) {
        case Still still ->
            still.sprite().draw(framePixels, width, hidden[i], at.grow(), at.dx(), at.dy());
        case Moving moving -> figure(moving, seconds, at);
        case Drifting drifting -> drift(drifting, seconds, at);
      }
    }
    if (seconds < OPENING_SECONDS) {
      blend(opening, 1 - seconds / OPENING_SECONDS);
    }
    g.drawImage(frame, 0, 0, null);
  }

  /** Where a layer of some depth stands: {@code frame = grow * rest + (dx, dy)}. */
  private record Placement(double grow, double dx, double dy) {}

  private Placement placement(double depth, double progress) {
    double grow = 1 + move.zoom() * progress * (0.35 + 0.65 * depth);
    double slide = 0.2 + 0.8 * depth;
    return new Placement(
        grow,
        (1 - grow) * width / 2 - move.x() * width * progress * slide,
        (1 - grow) * height * 0.52 - move.y() * height * progress * slide);
  }

  /** For each layer the row from which on nearer plates hide it: those rows need no painting. */
  private int[] hiddenFrom(double progress) {
    int[] hidden = new int[layers.size()];
    int row = height;
    for (int i = layers.size() - 1; i >= 0; i--) {
      hidden[i] = row;
      if (layers.get(i) instanceof Still still) {
        Placement at = placement(still.depth(), progress);
        row = Math.min(row, still.sprite().hidesFrom(width, height, at.grow(), at.dx(), at.dy()));
      }
    }
    return hidden;
  }

  private void figure(Moving moving, double seconds, Placement at) {
    Stage.Actor actor = moving.actor();
    double cycle = seconds / actor.periodSeconds();
    int n = moving.positions().size();
    int position = (int) Math.floor((cycle - Math.floor(cycle)) * n);
    double bob = actor.sway() * Math.sin(seconds * 2 * Math.PI / actor.periodSeconds()) * scale;
    moving
        .positions()
        .get(Math.min(position, n - 1))
        .draw(framePixels, width, height, at.grow(), at.dx(), at.dy() - bob);
  }

  private void drift(Drifting drifting, double seconds, Placement at) {
    for (int i = 0; i < drifting.motes().size(); i++) {
      Drift.Mote mote = drifting.motes().get(i);
      double x =
          Drift.x(drifting.kind(), mote, seconds, pageWidth) * scale + toFrame.getTranslateX();
      double y = Drift.y(drifting.kind(), mote, seconds) * scale + toFrame.getTranslateY();
      drifting
          .marks()
          .get(i)
          .draw(framePixels, width, height, 1, x * at.grow() + at.dx(), y * at.grow() + at.dy());
    }
  }

  private void blend(int[] over, double weight) {
    int w = (int) Math.round(256 * weight);
    for (int i = 0; i < framePixels.length; i++) {
      framePixels[i] = Pixels.blend(over[i], framePixels[i], w);
    }
  }
}
