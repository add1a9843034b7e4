package app.infinitestories.local.studio.story;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the seed decides before a word is written, the same in every language: the plot, the
 * companion and its name, and which of the plot's variants is told.
 */
record Casting(PlotOutline plot, String companion, String companionName, int variant, int wording) {
  // Short, easy to say in five languages, and beginning with a consonant: "de", "que", "y" and "e"
  // never change before them.
  static final List<String> NAMES =
      List.of(
          "Pip", "Momo", "Tilo", "Rollo", "Nuk", "Zuzu", "Kiko", "Pompom", "Bix", "Lolo", "Fips",
          "Tamo");

  static Casting of(StoryBrief brief, List<PlotOutline> plots) {
    String genre = brief.genre().strip().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
    List<PlotOutline> ofGenre = plots.stream().filter(plot -> plot.genre().equals(genre)).toList();
    List<PlotOutline> choice = ofGenre.isEmpty() ? plots : ofGenre;
    PlotOutline wished = wished(brief.theme(), choice);
    // The seed itself turns the wheel of plots, so that neighbouring seeds never tell the same one.
    PlotOutline plot =
        wished == null
            ? choice.get((int) Math.floorMod(brief.seed(), (long) choice.size()))
            : wished;
    SplittableRandom random = new SplittableRandom(brief.seed());
    List<String> names =
        NAMES.stream().filter(name -> !name.equalsIgnoreCase(brief.hero())).toList();
    return new Casting(
        plot,
        plot.companions().get(random.nextInt(plot.companions().size())),
        names.get(random.nextInt(names.size())),
        random.nextInt(1 << 20),
        random.nextInt(1 << 20));
  }

  /**
   * The plot in which the theme is the thing itself, if there is one: the most motifs in common.
   */
  private static @Nullable PlotOutline wished(@Nullable String theme, List<PlotOutline> plots) {
    if (theme == null) {
      return null;
    }
    List<String> words = Arrays.asList(theme.toLowerCase(Locale.ROOT).split("[^\\p{L}-]+", -1));
    Map<Long, PlotOutline> byMatches = new TreeMap<>();
    for (PlotOutline plot : plots) {
      long matches =
          plot.motifs().stream()
              .filter(motif -> words.stream().anyMatch(w -> means(w, motif)))
              .count();
      if (matches > 0) {
        byMatches.putIfAbsent(-matches, plot);
      }
    }
    return byMatches.values().stream().findFirst().orElse(null);
  }

  /** Whether a word is the motif or its plural. */
  private static boolean means(String word, String motif) {
    return word.startsWith(motif) && word.length() <= motif.length() + 2;
  }
}
