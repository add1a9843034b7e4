package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offline illustrator: reads heroes from photos or words, draws character sheets and pages of a
 * picture book, and sets pages in motion. The same arguments always give the same pixels.
 */
public final class PictureBook {
  private static final PictureMemory MEMORY = new PictureMemory();

  private PictureBook() {}

  /** The look of the person in a centred portrait of any size. */
  public static HeroLook lookFromPhoto(BufferedImage photo) {
    return PhotoReader.read(photo);
  }

  /** The look that English words describe; what they leave open varies by the text. */
  public static HeroLook lookFromText(String appearance) {
    return AppearanceReader.read(appearance);
  }

  /** The exact look of a sheet drawn by {@link #drawSheet}, at any scale; empty for others. */
  public static Optional<HeroLook> lookFromSheet(BufferedImage sheet) {
    return CharacterSheet.read(sheet);
  }

  /** A character sheet: three views, two faces, swatches. Sizes in pixels. */
  public static BufferedImage drawSheet(HeroLook look, long seed, int width, int height) {
    return CharacterSheet.draw(look, seed, width, height);
  }

  /** The page that the prompt describes, with the hero or, without a look, without people. */
  public static BufferedImage drawScene(
      String prompt, @Nullable HeroLook look, long seed, int width, int height) {
    Stage stage = PageComposer.compose(prompt, look, seed, Stage.HEIGHT * width / height);
    BufferedImage page = PagePainter.still(stage, width, height);
    MEMORY.remember(page, stage);
    return page;
  }

  /** Whether hair, skin and clothes colours of the look stand together in the picture. */
  public static boolean showsHero(BufferedImage picture, HeroLook look) {
    return Likeness.shows(picture, look);
  }

  /** Another hero whom nobody would take for the given one. */
  public static HeroLook differing(HeroLook look) {
    HairStyle[] styles = HairStyle.values();
    return new HeroLook(
        farthest(look.hair(), new Color(0x2b2328), new Color(0xe6bf6a), new Color(0xb85a30)),
        farthest(look.skin(), new Color(0xf5cfb2), new Color(0x7a4b32)),
        farthest(look.eyes(), new Color(0x4a86c5), new Color(0x46291b)),
        farthest(look.top(), new Color(0xc9403a), new Color(0x3f74bd), new Color(0xf0c23c)),
        farthest(look.bottom(), new Color(0x34497c), new Color(0xd8c3a0)),
        styles[(look.style().code + 3) % styles.length],
        look.outfit() == Outfit.DRESS ? Outfit.JUMPER : Outfit.DRESS,
        !look.glasses());
  }

  private static Color farthest(Color from, Color... choices) {
    Color best = choices[0];
    for (Color choice : choices) {
      if (ColourWords.distance(choice, from) > ColourWords.distance(best, from)) {
        best = choice;
      }
    }
    return best;
  }

  /**
   * A clip that begins on {@code firstFrame} (centre-cropped to the clip's shape). A page drawn by
   * this process moves in layers, another picture by a camera move chosen by the motion prompt.
   */
  public static ClipScene animate(
      BufferedImage firstFrame, String motionPrompt, int width, int height) {
    BufferedImage opening = fitted(firstFrame, width, height);
    CameraMove move = CameraMove.read(motionPrompt);
    boolean wide = Math.abs(width / (double) height - 16 / 9.0) < 0.03;
    return MEMORY
        .find(firstFrame)
        .filter(found -> !found.cropped() || wide)
        .<ClipScene>map(found -> new LayeredClip(opening, found.stage(), move, width, height))
        .orElseGet(() -> new DriftingClip(opening, move));
  }

  private static BufferedImage fitted(BufferedImage picture, int width, int height) {
    double scale =
        Math.max(width / (double) picture.getWidth(), height / (double) picture.getHeight());
    double w = picture.getWidth() * scale;
    double h = picture.getHeight() * scale;
    BufferedImage fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = fitted.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(
        picture,
        (int) Math.round((width - w) / 2),
        (int) Math.round((height - h) / 2),
        (int) Math.round(w),
        (int) Math.round(h),
        null);
    g.dispose();
    return fitted;
  }
}
