package app.infinitestories.safety;

import java.util.List;

/**
 * What one check says about a text or a picture.
 *
 * @param flagged true if it must not pass
 * @param categories which rules said so, in the checker's words, never a quote
 */
public record Verdict(boolean flagged, List<String> categories) {
  public static final Verdict CLEAN = new Verdict(false, List.of());

  public Verdict {
    categories = List.copyOf(categories);
  }
}
