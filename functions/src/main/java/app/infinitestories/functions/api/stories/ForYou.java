package app.infinitestories.functions.api.stories;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.engagement.Taste;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses what a user may like. Genres share the places by their weights as parties share seats (<a
 * href="https://en.wikipedia.org/wiki/D%27Hondt_method">D'Hondt</a>): the favourite genre comes
 * first and most often, but does not fill the row. Genres never touched come last; for a user
 * without any taste that is the order of the candidates.
 */
final class ForYou {
  private ForYou() {}

  private record Scored(CatalogStory story, double score) {}

  /**
   * The choice, best first.
   *
   * @param candidates the best of each genre first
   */
  static List<CatalogStory> choose(List<CatalogStory> candidates, Taste taste, int limit) {
    Map<String, Integer> places = new HashMap<>();
    List<Scored> scored = new ArrayList<>();
    for (CatalogStory story : candidates) {
      if (!taste.finished().contains(story.id())) {
        int place = places.merge(story.genre(), 1, Integer::sum);
        scored.add(new Scored(story, taste.genres().getOrDefault(story.genre(), 0.0) / place));
      }
    }
    // The sort is stable: equal scores keep the candidates' order.
    return scored.stream()
        .sorted(Comparator.comparingDouble(Scored::score).reversed())
        .limit(limit)
        .map(Scored::story)
        .toList();
  }
}
