package app.infinitestories.local.studio.picture;

import static app.infinitestories.local.studio.picture.Brush.alpha;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The character sheet: poses, faces and a row of swatches. The swatches stand at fixed shares of
 * the sheet's width and height between two guard colours, so the exact look can be read back.
 */
final class CharacterSheet {
  private static final Color GUARD_LEFT = new Color(0x3d2b52);
  private static final Color GUARD_RIGHT = new Color(0xe9b44c);
  private static final double ROW = 0.915;
  private static final double FIRST = 0.3;
  private static final double STEP = 0.058;
  private static final int SWATCHES = 8;
  private static final int TOLERANCE = 14;

  private CharacterSheet() {}

  static BufferedImage draw(HeroLook look, long seed, int width, int height) {
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    double scale = height / 1000.0;
    double w = width / scale;
    Stage.Plate background = new Stage.Plate(0, seed, true, b -> background(b, w, look));
    g.drawImage(
        PagePainter.plate(
            background, AffineTransform.getScaleInstance(scale, scale), width, height),
        0,
        0,
        null);
    g.scale(scale, scale);
    Brush.smooth(g);
    Brush b = new Brush(g, seed);
    double k = Math.min(1.62, w / 900);
    Pose[] poses = {Pose.STANDING, Pose.WALKING, Pose.WAVING, Pose.REACHING};
    Pose lively = poses[Math.floorMod(seed, poses.length)];
    figure(b, look, w * 0.125, 770, k, Pose.STANDING, HeroPainter.Turn.FRONT);
    figure(b, look, w * 0.365, 770, k, lively, HeroPainter.Turn.THREE_QUARTER);
    figure(b, look, w * 0.59, 770, k, Pose.STANDING, HeroPainter.Turn.BACK);
    Mood[] moods = {Mood.SURPRISED, Mood.WORRIED, Mood.PROUD, Mood.SLEEPY};
    face(b, look, w * 0.85, 215, k, Mood.HAPPY, HeroPainter.Turn.FRONT);
    face(
        b,
        look,
        w * 0.85,
        590,
        k,
        moods[Math.floorMod(seed / 4, moods.length)],
        HeroPainter.Turn.THREE_QUARTER);
    swatches(b, look, w);
    g.dispose();
    return sheet;
  }

  private static void background(Brush b, double w, HeroLook look) {
    Color paper = new Color(0xfaf3e4);
    b.gouache(
        new java.awt.geom.Rectangle2D.Double(0, 0, w, 1000), paper, new Color(0xf0e3cb), 260, 90);
    Color wash = Brush.mix(look.top(), paper, 0.74);
    b.fill(b.blob(w * 0.36, 440, w * 0.34, 380, 0.06), alpha(wash, 0.5));
    b.gouache(
        b.blob(w * 0.36, 430, w * 0.31, 350, 0.06),
        alpha(wash, 0.6),
        alpha(Brush.mix(wash, paper, 0.4), 0.6),
        80,
        70);
    b.fill(
        b.blob(w * 0.85, 215, 172, 168, 0.05), alpha(Brush.mix(look.bottom(), paper, 0.72), 0.7));
    b.fill(b.blob(w * 0.85, 590, 172, 168, 0.05), alpha(Brush.mix(look.hair(), paper, 0.72), 0.7));
    for (int i = 0; i < 14; i++) {
      double x = b.between(20, w - 20);
      double y = b.between(20, 830);
      b.fill(HeroPainter.star(x, y, 8, 3.6), alpha(Brush.mix(look.top(), paper, 0.45), 0.55));
    }
  }

  private static void figure(
      Brush b, HeroLook look, double x, double y, double k, Pose pose, HeroPainter.Turn turn) {
    b.shadow(x, y, 84 * k, 12 * k);
    AffineTransform before = b.g.getTransform();
    b.g.translate(x, y);
    b.g.scale(k, k);
    HeroPainter.paint(b.g, look, new HeroPainter.Figure(pose, Mood.HAPPY, turn, false, 0));
    b.g.setTransform(before);
  }

  private static void face(
      Brush b, HeroLook look, double x, double y, double k, Mood mood, HeroPainter.Turn turn) {
    AffineTransform before = b.g.getTransform();
    b.g.translate(x, y);
    b.g.scale(k * 1.12, k * 1.12);
    HeroPainter.paintHead(b.g, look, new HeroPainter.Figure(Pose.STANDING, mood, turn, false, 0));
    b.g.setTransform(before);
  }

  private static void swatches(Brush b, HeroLook look, double w) {
    Color[] colours = {
      GUARD_LEFT,
      look.hair(),
      look.skin(),
      look.eyes(),
      look.top(),
      look.bottom(),
      code(look),
      GUARD_RIGHT
    };
    double size = Math.min(w * STEP * 0.8, 74);
    for (int i = 0; i < SWATCHES; i++) {
      double x = w * (FIRST + STEP * i);
      double y = 1000 * ROW;
      double half = size / 2 * (i == 0 || i == SWATCHES - 1 ? 0.66 : 1);
      b.fill(
          new RoundRectangle2D.Double(x - half + 2, y - half + 4, 2 * half, 2 * half, 26, 26),
          alpha(new Color(0x4a3a50), 0.25));
      b.fill(
          new RoundRectangle2D.Double(x - half, y - half, 2 * half, 2 * half, 26, 26), colours[i]);
    }
  }

  /** Style, outfit and glasses as one colour: steps of 24 levels survive scaling and JPEG. */
  private static Color code(HeroLook look) {
    return new Color(
        64 + 24 * look.style().code, 88 + 24 * look.outfit().code, look.glasses() ? 184 : 120);
  }

  static Optional<HeroLook> read(BufferedImage sheet) {
    if (sheet.getWidth() < 120 || sheet.getHeight() < 80) {
      return Optional.empty();
    }
    if (far(at(sheet, 0), GUARD_LEFT) || far(at(sheet, SWATCHES - 1), GUARD_RIGHT)) {
      return Optional.empty();
    }
    Color code = at(sheet, 6);
    int style = Math.round((code.getRed() - 64) / 24f);
    int outfit = Math.round((code.getGreen() - 88) / 24f);
    boolean glasses = code.getBlue() > 152;
    if (style < 0
        || style >= HairStyle.values().length
        || outfit < 0
        || outfit >= Outfit.values().length) {
      return Optional.empty();
    }
    return Optional.of(
        new HeroLook(
            at(sheet, 1),
            at(sheet, 2),
            at(sheet, 3),
            at(sheet, 4),
            at(sheet, 5),
            HairStyle.ofCode(style),
            Outfit.ofCode(outfit),
            glasses));
  }

  private static Color at(BufferedImage sheet, int swatch) {
    int x = (int) Math.round(sheet.getWidth() * (FIRST + STEP * swatch));
    int y = (int) Math.round(sheet.getHeight() * ROW);
    return new Color(sheet.getRGB(x, y));
  }

  private static boolean far(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed()) > TOLERANCE
        || Math.abs(a.getGreen() - b.getGreen()) > TOLERANCE
        || Math.abs(a.getBlue() - b.getBlue()) > TOLERANCE;
  }
}
