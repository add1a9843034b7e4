package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** English colour words and the paints they stand for, in both directions. */
final class ColourWords {
  static final Map<String, Color> HAIR = new LinkedHashMap<>();
  static final Map<String, Color> EYES = new LinkedHashMap<>();
  static final Map<String, Color> SKIN = new LinkedHashMap<>();
  static final Map<String, Color> CLOTH = new LinkedHashMap<>();

  static {
    HAIR.put("black", new Color(0x2b2328));
    HAIR.put("dark brown", new Color(0x4a3026));
    HAIR.put("brown", new Color(0x74492e));
    HAIR.put("chestnut", new Color(0x8a4a2b));
    HAIR.put("red", new Color(0xc2512a));
    HAIR.put("ginger", new Color(0xd9722e));
    HAIR.put("copper", new Color(0xb85a30));
    HAIR.put("auburn", new Color(0x8c3b2a));
    HAIR.put("blond", new Color(0xe6bf6a));
    HAIR.put("blonde", new Color(0xe6bf6a));
    HAIR.put("golden", new Color(0xdfa848));
    HAIR.put("grey", new Color(0xa9a6a8));
    HAIR.put("white", new Color(0xe9e4dc));
    HAIR.put("blue", new Color(0x4a78c0));
    HAIR.put("pink", new Color(0xe18aa8));
    HAIR.put("purple", new Color(0x7d58a8));
    HAIR.put("green", new Color(0x58985c));

    EYES.put("brown", new Color(0x6b4226));
    EYES.put("dark brown", new Color(0x46291b));
    EYES.put("blue", new Color(0x4a86c5));
    EYES.put("green", new Color(0x4f9a58));
    EYES.put("hazel", new Color(0x8f7238));
    EYES.put("grey", new Color(0x7b8a94));
    EYES.put("amber", new Color(0xb9802c));
    EYES.put("black", new Color(0x2a2023));

    SKIN.put("very light", new Color(0xfbe0cf));
    SKIN.put("light", new Color(0xf5cfb2));
    SKIN.put("fair", new Color(0xf8d8c0));
    SKIN.put("pale", new Color(0xfbe0cf));
    SKIN.put("peach", new Color(0xf3c3a0));
    SKIN.put("olive", new Color(0xd9ab7c));
    SKIN.put("tan", new Color(0xcf9a6b));
    SKIN.put("brown", new Color(0x9c6644));
    SKIN.put("dark", new Color(0x7a4b32));
    SKIN.put("deep brown", new Color(0x60392a));

    CLOTH.put("red", new Color(0xc9403a));
    CLOTH.put("crimson", new Color(0xa92c3a));
    CLOTH.put("orange", new Color(0xe8833a));
    CLOTH.put("yellow", new Color(0xf0c23c));
    CLOTH.put("mustard", new Color(0xd3a02c));
    CLOTH.put("green", new Color(0x4c9150));
    CLOTH.put("dark green", new Color(0x2f6040));
    CLOTH.put("mint", new Color(0x93cfb0));
    CLOTH.put("teal", new Color(0x2f8a8a));
    CLOTH.put("turquoise", new Color(0x43b3b5));
    CLOTH.put("blue", new Color(0x3f74bd));
    CLOTH.put("light blue", new Color(0x86b8de));
    CLOTH.put("navy", new Color(0x2c3d6b));
    CLOTH.put("dark blue", new Color(0x34497c));
    CLOTH.put("purple", new Color(0x7a55a5));
    CLOTH.put("lilac", new Color(0xb79ad0));
    CLOTH.put("violet", new Color(0x7a55a5));
    CLOTH.put("pink", new Color(0xe28aa5));
    CLOTH.put("brown", new Color(0x86603f));
    CLOTH.put("beige", new Color(0xd8c3a0));
    CLOTH.put("white", new Color(0xf1ece2));
    CLOTH.put("grey", new Color(0x8f9299));
    CLOTH.put("black", new Color(0x35333b));
  }

  private ColourWords() {}

  static String hair(Color colour) {
    return nearest(HAIR, colour);
  }

  static String eyes(Color colour) {
    return nearest(EYES, colour);
  }

  static String skin(Color colour) {
    return nearest(SKIN, colour);
  }

  static String cloth(Color colour) {
    return nearest(CLOTH, colour);
  }

  static Color paint(Map<String, Color> table, String word) {
    return Objects.requireNonNull(table.get(word), word);
  }

  private static String nearest(Map<String, Color> table, Color colour) {
    String best = "";
    double bestDistance = Double.MAX_VALUE;
    for (Map.Entry<String, Color> entry : table.entrySet()) {
      double distance = distance(entry.getValue(), colour);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = entry.getKey();
      }
    }
    return best;
  }

  /** Weighted RGB distance ("redmean"): close to what the eye sees, cheap to compute. */
  static double distance(Color a, Color b) {
    double red = (a.getRed() + b.getRed()) / 2.0;
    double dr = a.getRed() - b.getRed();
    double dg = a.getGreen() - b.getGreen();
    double db = a.getBlue() - b.getBlue();
    return Math.sqrt((2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db);
  }
}
