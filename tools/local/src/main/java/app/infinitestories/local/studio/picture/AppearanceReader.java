package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Reads a hero's look from words such as "curly red hair, green eyes, yellow coat". */
final class AppearanceReader {
  private static final Set<String> TOPS =
      Set.of(
          "jumper",
          "sweater",
          "pullover",
          "hoodie",
          "shirt",
          "tshirt",
          "blouse",
          "top",
          "coat",
          "jacket",
          "raincoat",
          "dress",
          "tunic",
          "cardigan",
          "clothes");
  private static final Set<String> BOTTOMS =
      Set.of("trousers", "pants", "jeans", "shorts", "leggings", "skirt", "dungarees", "overalls");
  private static final Set<String> HAIR =
      Set.of(
          "hair",
          "haired",
          "curls",
          "braids",
          "plaits",
          "ponytail",
          "pigtails",
          "bob",
          "buns",
          "locks");

  private AppearanceReader() {}

  static HeroLook read(String appearance) {
    String text = appearance.toLowerCase(Locale.ROOT);
    List<String> tokens = new ArrayList<>();
    for (String token : text.split("[^a-z]+", -1)) {
      if (!token.isEmpty()) {
        tokens.add(token.equals("gray") ? "grey" : token);
      }
    }
    Random random = new Random(text.hashCode());
    Set<String> words = ScenePlan.words(text);
    Color hair =
        find(
            tokens,
            HAIR,
            ColourWords.HAIR,
            pick(
                ColourWords.HAIR,
                random,
                "black",
                "dark brown",
                "brown",
                "chestnut",
                "red",
                "blond"));
    Color skin =
        find(
            tokens,
            Set.of("skin", "skinned", "complexion"),
            ColourWords.SKIN,
            pick(ColourWords.SKIN, random, "light", "peach", "olive", "tan", "brown", "dark"));
    Color eyes =
        find(
            tokens,
            Set.of("eyes", "eyed", "eye"),
            ColourWords.EYES,
            pick(ColourWords.EYES, random, "brown", "blue", "green", "hazel"));
    Color top =
        find(
            tokens,
            TOPS,
            ColourWords.CLOTH,
            pick(ColourWords.CLOTH, random, "red", "yellow", "teal", "blue", "purple", "orange"));
    Color bottom =
        find(
            tokens,
            BOTTOMS,
            ColourWords.CLOTH,
            pick(ColourWords.CLOTH, random, "navy", "dark blue", "brown", "grey", "dark green"));
    HairStyle style = style(words, random);
    Outfit outfit = outfit(words, random);
    boolean glasses = words.contains("glasses") || words.contains("spectacles");
    return new HeroLook(hair, skin, eyes, top, bottom, style, outfit, glasses);
  }

  private static HairStyle style(Set<String> words, Random random) {
    if (ScenePlan.mentions(words, "curly curls curl frizzy afro wavy")) {
      return HairStyle.CURLY;
    }
    if (ScenePlan.mentions(words, "braids braid braided plaits pigtails")) {
      return HairStyle.BRAIDS;
    }
    if (ScenePlan.mentions(words, "ponytail")) {
      return HairStyle.PONYTAIL;
    }
    if (ScenePlan.mentions(words, "buns bun")) {
      return HairStyle.BUNS;
    }
    if (ScenePlan.mentions(words, "bob fringe bangs chin-length shoulder-length")) {
      return HairStyle.BOB;
    }
    if (words.contains("short-hair") || words.contains("short")) {
      return HairStyle.SHORT;
    }
    if (words.contains("long")) {
      return HairStyle.LONG;
    }
    HairStyle[] usual = HairStyle.values();
    return usual[random.nextInt(usual.length)];
  }

  private static Outfit outfit(Set<String> words, Random random) {
    if (ScenePlan.mentions(words, "dress tunic skirt")) {
      return Outfit.DRESS;
    }
    if (ScenePlan.mentions(words, "coat jacket raincoat cardigan")) {
      return Outfit.COAT;
    }
    if (ScenePlan.mentions(words, "shirt tshirt t-shirt blouse")) {
      return Outfit.SHIRT;
    }
    if (ScenePlan.mentions(words, "jumper sweater pullover hoodie")) {
      return Outfit.JUMPER;
    }
    Outfit[] usual = Outfit.values();
    return usual[random.nextInt(usual.length)];
  }

  private static Color pick(Map<String, Color> table, Random random, String... names) {
    return ColourWords.paint(table, names[random.nextInt(names.length)]);
  }

  /** The colour word nearest before one of the nouns, at most four words away. */
  private static Color find(
      List<String> tokens, Set<String> nouns, Map<String, Color> table, Color otherwise) {
    for (int i = 0; i < tokens.size(); i++) {
      if (!nouns.contains(tokens.get(i))) {
        continue;
      }
      for (int j = i - 1; j >= Math.max(0, i - 4); j--) {
        if (j > 0 && table.containsKey(tokens.get(j - 1) + " " + tokens.get(j))) {
          return ColourWords.paint(table, tokens.get(j - 1) + " " + tokens.get(j));
        }
        if (table.containsKey(tokens.get(j))) {
          return ColourWords.paint(table, tokens.get(j));
        }
      }
    }
    return otherwise;
  }
}
