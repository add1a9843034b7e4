package app.infinitestories.engagement;

import java.util.Map;
import java.util.Set;

/**
 * What a user likes to watch, by what they did lately.
 *
 * @param genres how much each genre weighs, more than 0; one that they never touched is missing
 * @param finished stories that they have seen to the end, so that they need not be shown them
 */
public record Taste(Map<String, Double> genres, Set<String> finished) {
  /** Of somebody who did nothing yet. */
  public static final Taste NONE = new Taste(Map.of(), Set.of());

  public Taste {
    genres = Map.copyOf(genres);
    finished = Set.copyOf(finished);
  }
}
