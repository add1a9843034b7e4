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

  private record Moving(double depth, Stage.Actor actor, Sprite[] positions) implements Layer {}

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
    Sprite[] positions = new Sprite[count];
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB_PRE);
      Graphics2D g = image.createGraphics();
      g.translate(-left, -top);
      g.transform(toFrame);
      actor.paint(g, i / (double) count);
      g.dispose();
      positions[i] = new Sprite(image, left, top);
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
    for (Layer layer : layers) {
      double depth = layer.depth();
      double grow = 1 + move.zoom() * progress * (0.35 + 0.65 * depth);
      double slide = 0.2 + 0.8 * depth;
      double dx = (1 - grow) * width / 2 - move.x() * width * progress * slide;
      double dy = (1 - grow) * height * 0.52 - move.y() * height * progress * slide;
      switch (layer) {
        case Still still -> still.sprite().draw(framePixels, width, height, grow, dx, dy);
        case Moving moving -> figure(moving, seconds, grow, dx, dy);
        case Drifting drifting -> drift(drifting, seconds, grow, dx, dy);
      }
    }
    if (seconds < OPENING_SECONDS) {
      blend(opening, 1 - seconds / OPENING_SECONDS);
    }
    g.drawImage(frame, 0, 0, null);
  }

  private void figure(Moving moving, double seconds, double grow, double dx, double dy) {
    Stage.Actor actor = moving.actor();
    double cycle = seconds / actor.periodSeconds();
    int n = moving.positions().length;
    int position = (int) Math.floor((cycle - Math.floor(cycle)) * n);
    double bob = actor.sway() * Math.sin(seconds * 2 * Math.PI / actor.periodSeconds()) * scale;
    moving.positions()[Math.min(position, n - 1)].draw(
        framePixels, width, height, grow, dx, dy - bob);
  }

  private void drift(Drifting drifting, double seconds, double grow, double dx, double dy) {
    for (int i = 0; i < drifting.motes().size(); i++) {
      Drift.Mote mote = drifting.motes().get(i);
      double x =
          Drift.x(drifting.kind(), mote, seconds, pageWidth) * scale + toFrame.getTranslateX();
      double y = Drift.y(drifting.kind(), mote, seconds) * scale + toFrame.getTranslateY();
      drifting.marks().get(i).draw(framePixels, width, height, 1, x * grow + dx, y * grow + dy);
    }
  }

  private void blend(int[] over, double weight) {
    int w = (int) Math.round(256 * weight);
    int rest = 256 - w;
    int mask = 0x00ff00ff;
    for (int i = 0; i < framePixels.length; i++) {
      int a = over[i];
      int b = framePixels[i];
      framePixels[i] =
          (((a & mask) * w + (b & mask) * rest) >>> 8 & mask)
              | (((a >>> 8 & mask) * w + (b >>> 8 & mask) * rest) & ~mask);
    }
  }
}
