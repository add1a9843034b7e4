package app.infinitestories.local.studio.story;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a picture prompt milder: gentle words for rough ones, or the place and its things without
 * any person.
 */
final class TamePrompt {
  private static final String GENTLE = ", gentle and friendly picture book scene";
  private static final Map<String, String> MILDER = new LinkedHashMap<>();

  static {
    MILDER.put("worried|scared|afraid|crying|frightened|angry|sad", "calm");
    MILDER.put("scary|terrifying|evil|spooky|creepy", "friendly");
    MILDER.put("monster|ghost|demon|zombie", "friendly giant");
    MILDER.put("fight|fighting|battle|attack|attacking|war", "game");
    MILDER.put("sword|knife|gun|weapon|weapons|spear", "stick");
    MILDER.put("blood|bloody|wound|wounded", "mud");
    MILDER.put("storm|stormy|thunder", "wind");
    MILDER.put("broken|burning", "little");
    MILDER.put("dark", "dim");
    MILDER.put("alone", "quietly");
  }

  private static final Pattern PLACES =
      whole(
          "meadow|forest|seaside|beach|underwater|sea|mountains|village|castle|bedroom|kitchen|classroom|school yard|garden"
              + "|river|cave|desert|city street|spaceship interior|moon surface|planet surface|space|library|attic|island"
              + "|market|snow field|train|treehouse|sky");
  private static final Pattern LIGHTS =
      whole(
          "dawn|(?:\\p{L}+ )?morning|noon|day|sunset|evening|(?:starry |quiet )?night|rain|snow|windy|wind|sunny");
  private static final Pattern THINGS =
      whole(
          "(?:(?:red|yellow|blue|green|golden|silver|old|big|little|tiny|small|young|tall|bright|striped|curly) )?"
              + "(?:kite|lantern|map|boat|rocket|balloon|umbrella|book|key|door|chest|star|moon|rainbow|tree|bridge|flowers"
              + "|cake|ball|telescope|bell|feather|egg|nest|tent|campfire|mirror|crown|teddy|clock|letter|seed|well|fox|owl"
              + "|rabbit|cat|dog|dragon|bear|whale|robot|bird|mouse|hedgehog|elephant|turtle|unicorn)");

  private TamePrompt() {}

  static String milder(String prompt) {
    String mild = prompt.replace("{{HERO}}", "the hero child").replace(GENTLE, "");
    for (Map.Entry<String, String> word : MILDER.entrySet()) {
      mild = whole(word.getKey()).matcher(mild).replaceAll(word.getValue());
    }
    return mild.strip() + GENTLE;
  }

  static String withoutPeople(String prompt) {
    String mild = milder(prompt).replace(GENTLE, "");
    List<String> places = found(PLACES, mild);
    String place =
        places.isEmpty()
            ? "quiet meadow"
            : String.join(" and ", places.subList(0, Math.min(2, places.size())));
    String things =
        found(THINGS, mild).stream().map(thing -> ", " + thing).collect(Collectors.joining());
    String lights =
        found(LIGHTS, mild).stream().map(light -> ", " + light).collect(Collectors.joining());
    return "an empty " + place + things + lights + ", no people" + GENTLE;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(g -> g.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private static Pattern whole(String words) {
    return Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE);
  }
}
