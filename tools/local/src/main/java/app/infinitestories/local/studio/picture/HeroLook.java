package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.util.List;

/**
 * The hero's visible features: five flat colours, the haircut and the outfit. Every picture of one
 * hero is painted with exactly these colours, which is how likeness can be measured.
 */
public record HeroLook(
    Color hair,
    Color skin,
    Color eyes,
    Color top,
    Color bottom,
    HairStyle style,
    Outfit outfit,
    boolean glasses) {

  /** A short-haired hero in a jumper. */
  public HeroLook(Color hair, Color skin, Color eyes, Color top, Color bottom) {
    this(hair, skin, eyes, top, bottom, HairStyle.SHORT, Outfit.JUMPER, false);
  }

  /** For example "curly copper-red hair". */
  public String hairWords() {
    return style == HairStyle.PONYTAIL
        ? ColourWords.hair(hair) + " hair in a ponytail"
        : style.words + " " + ColourWords.hair(hair) + " hair";
  }

  /** For example "green eyes". */
  public String eyesWords() {
    return ColourWords.eyes(eyes) + " eyes" + (glasses ? " behind round glasses" : "");
  }

  /** For example "light skin with rosy cheeks". */
  public String skinWords() {
    return ColourWords.skin(skin) + " skin with rosy cheeks";
  }

  /** For example "yellow coat over dark blue trousers". */
  public String clothesWords() {
    return ColourWords.cloth(top)
        + " "
        + outfit.words
        + " over "
        + ColourWords.cloth(bottom)
        + (outfit == Outfit.DRESS ? " leggings" : " trousers");
  }

  /** Hair, skin, eyes, top and bottom as {@code #rrggbb}. */
  public List<String> palette() {
    return List.of(hex(hair), hex(skin), hex(eyes), hex(top), hex(bottom));
  }

  private static String hex(Color colour) {
    return String.format("#%06x", colour.getRGB() & 0xffffff);
  }
}
