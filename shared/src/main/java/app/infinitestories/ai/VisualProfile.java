package app.infinitestories.ai;

import java.util.List;

/** How the drawn hero looks, read off the character sheet: what every later picture must keep. */
public record VisualProfile(
    String hair,
    String eyes,
    String skin,
    String clothes,
    List<String> palette,
    List<String> accessories) {
  public VisualProfile {
    palette = List.copyOf(palette);
    accessories = List.copyOf(accessories);
  }

  /** The look as one English sentence for a picture prompt. */
  public String inWords() {
    String look =
        "hair: %s; eyes: %s; skin: %s; clothes: %s; colours: %s"
            .formatted(hair, eyes, skin, clothes, String.join(", ", palette));
    return accessories.isEmpty() ? look : look + "; with " + String.join(", ", accessories);
  }
}
