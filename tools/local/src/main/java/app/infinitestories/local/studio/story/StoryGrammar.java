package app.infinitestories.local.studio.story;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes stories to be read to a child: a plot is a want, an obstacle, an attempt, a turn and the
 * ending that follows from it; each language tells every plot in its own sentences. Deterministic:
 * a brief always gives the same story.
 */
public final class StoryGrammar {
  /** The languages a story can be told in. */
  static final List<String> LANGUAGES = List.of("en", "es", "fr", "de", "it");

  private static final List<PlotOutline> PLOTS = PlotOutline.readAll(StoryText.load("plots.txt"));
  private static final Map<String, StoryText> TEXTS = new ConcurrentHashMap<>();
  private static final Pattern STRAY = Pattern.compile("[\\s{}<>|\"“”„«»]+");
  private static final int LONGEST_WISH_WORDS = 12;
  private static final int LAST_BEAT = 5;

  private final StoryBrief brief;
  private final StoryText text;
  private final Casting casting;
  private final Map<String, String> slots = new LinkedHashMap<>();
  private final SceneWords words;
  private final PromptWriter prompts;

  private StoryGrammar(StoryBrief brief) {
    this.brief = brief;
    this.text = text(brief.language());
    this.casting = Casting.of(brief, PLOTS);
    slots.put("{c}", casting.companionName());
    slots.put("{a}", text.value("companions", casting.companion()));
    slots.put("{x}", variant(text, casting));
    slots.put("{X}", capitalised(variant(text, casting)));
    // A wish that was cut ends by itself, without another full stop.
    slots.put("{theme}.", ended(wish(brief.theme())));
    slots.put("{lesson}.", ended(wish(brief.lesson())));
    // The hero comes last, because theme and lesson may name the hero too.
    slots.put("{{HERO}}", brief.hero().strip());
    Set<String> said = new HashSet<>();
    this.words =
        new SceneWords(slots, AgeBand.of(brief.age()), brief.minWords(), brief.maxWords(), said);
    StoryText english = text("en");
    this.prompts =
        new PromptWriter(
            casting.plot(),
            english.value("companions", casting.companion()),
            variant(english, casting).toLowerCase(Locale.ROOT));
  }

  /**
   * Writes the story of a brief.
   *
   * @throws IllegalArgumentException if the language is none of the five
   */
  public static WrittenStory write(StoryBrief brief) {
    return new StoryGrammar(brief).write();
  }

  /**
   * A milder prompt for the same scene, for a painter that refused the first one.
   *
   * @param people false for the same place without any person
   */
  public static String tamer(String picturePrompt, boolean people) {
    return people ? TamePrompt.milder(picturePrompt) : TamePrompt.withoutPeople(picturePrompt);
  }

  static StoryText text(String language) {
    String code = language.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    if (!LANGUAGES.contains(code)) {
      throw new IllegalArgumentException(
          "no stories in language " + language + ", only " + LANGUAGES);
    }
    return TEXTS.computeIfAbsent(code, c -> StoryText.load(c + ".txt"));
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String variant(StoryText text, Casting casting) {
    String[] variants = text.value(casting.plot().id(), "x").split("\\|", -1);
    return variants[casting.variant() % variants.length];
  }

  private WrittenStory write() {
    List<WrittenScene> scenes = new ArrayList<>();
    switch (brief.scenes()) {
      case 3 -> {
        scenes.add(
            scene(
                joined(List.of(intro(), theme(), beat(1), beat(2))),
                true,
                "start",
                prompts.beat(2)));
        scenes.add(scene(joined(List.of(beat(3), beat(4))), true, "turn", prompts.beat(4)));
      }
      case 5 -> {
        scenes.add(
            scene(joined(List.of(intro(), theme(), beat(1))), false, "start", prompts.beat(1)));
        scenes.add(scene(beat(2), false, "middle", prompts.beat(2)));
        scenes.add(scene(beat(3), false, "middle", prompts.beat(3)));
        scenes.add(scene(beat(4), false, "turn", prompts.beat(4)));
      }
      default -> {
        List<Telling> opening = pick("opening." + casting.plot().genre());
        scenes.add(scene(joined(List.of(opening, theme())), false, "start", prompts.opening()));
        scenes.add(scene(beat(1), false, "start", prompts.beat(1)));
        scenes.add(scene(beat(2), false, "middle", prompts.beat(2)));
        scenes.add(scene(beat(3), false, "middle", prompts.beat(3)));
        scenes.add(
            scene(pick(bedtime() ? "pause.bedtime" : "pause"), false, "middle", prompts.pause()));
        scenes.add(scene(beat(4), false, "turn", prompts.beat(4)));
      }
    }
    scenes.add(ending());
    String title = Telling.fill(text.value(casting.plot().id(), "t"), slots);
    return new WrittenStory(title, scenes);
  }

  private WrittenScene ending() {
    List<Telling> tellings = new ArrayList<>(beat(LAST_BEAT));
    if (brief.lesson() != null && !wish(brief.lesson()).isEmpty()) {
      // At bedtime the last word stays with the sleeping, not with the teaching.
      tellings.addAll(tellings.size() - (bedtime() ? 1 : 0), pick("lesson"));
    }
    return scene(tellings, false, "end", prompts.beat(LAST_BEAT));
  }

  private WrittenScene scene(
      List<Telling> tellings, boolean sparing, String role, PromptWriter.Prompts prompt) {
    int behind = bedtime() && role.equals("end") ? 1 : 0;
    String narration = words.tell(tellings, sparing, pads(role), behind);
    return new WrittenScene(narration, prompt.picture(), prompt.motion());
  }

  private List<Telling> intro() {
    return pick("intro");
  }

  private List<Telling> theme() {
    return brief.theme() == null || wish(brief.theme()).isEmpty() ? List.of() : pick("theme");
  }

  private List<Telling> beat(int number) {
    return Telling.parse(text.value(casting.plot().id(), Integer.toString(number)));
  }

  private List<Telling> pick(String section) {
    List<String> lines = text.lines(section);
    return Telling.parse(lines.get(casting.wording() % lines.size()));
  }

  /**
   * Filling sentences for a role, the fitting ones first; short ones first for the young, long ones
   * for the others.
   */
  private List<Telling> pads(String role) {
    if (bedtime()) {
      return ofAge("pad.bedtime");
    }
    return joined(List.of(ofAge("pad." + role), ofAge("pad.middle")));
  }

  private List<Telling> ofAge(String section) {
    List<Telling> pads =
        text.lines(section).stream().flatMap(line -> Telling.parse(line).stream()).toList();
    // The first ones are short, for the young; the last ones are long. Where to begin differs from
    // story to story.
    int half = pads.size() / 2 + 1;
    List<Telling> first =
        new ArrayList<>(
            brief.age() <= 6 ? pads.subList(0, half) : pads.reversed().subList(0, half));
    Collections.rotate(first, casting.wording());
    List<Telling> rest = pads.stream().filter(pad -> !first.contains(pad)).toList();
    return joined(List.of(first, rest));
  }

  private boolean bedtime() {
    return casting.plot().genre().equals("bedtime");
  }

  /**
   * A parent's words as they can stand after a colon: one line, no quotes, no full stop, not
   * endless.
   */
  private String wish(@Nullable String words) {
    if (words == null) {
      return "";
    }
    String line = STRAY.matcher(words.replace("{{HERO}}", brief.hero())).replaceAll(" ").strip();
    line = line.replaceAll("[\\s.!?…,;:]+$", "");
    List<String> each = List.of(line.split(" ", -1));
    return each.size() <= LONGEST_WISH_WORDS
        ? line
        : String.join(" ", each.subList(0, LONGEST_WISH_WORDS)) + " …";
  }

  private static String ended(String wish) {
    return wish.endsWith("…") ? wish : wish + ".";
  }

  private static List<Telling> joined(List<List<Telling>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }
}
