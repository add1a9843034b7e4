package app.infinitestories.local.cli.seed;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a book of the sample catalogue is to be; its sentences and pictures are the studio's.
 *
 * @param hero a made-up name that begins with a consonant, as the studio's languages want it
 * @param look the hero in English words, the same in every picture
 * @param theme in the book's language; a word of it chooses the plot
 * @param freeChapters how many chapters from the first are free; the others are premium
 * @param chapters three titles in the book's language
 */
record BookPlan(
    String id,
    String language,
    String genre,
    String ageBand,
    int freeChapters,
    String hero,
    String look,
    String theme,
    String title,
    String summary,
    List<String> chapters) {
  private static final String RESOURCE = "/app/infinitestories/local/samples/catalogue.json";

  /** The sample catalogue. */
  static List<BookPlan> all() {
    try (var in = BookPlan.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The plan of the sample catalogue is not in the build");
      }
      return List.copyOf(new JsonMapper().readValue(in, new TypeReference<List<BookPlan>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The listener's age in years: the middle of the band. */
  int age() {
    String[] ends = ageBand.split("-", 2);
    return (Integer.parseInt(ends[0]) + Integer.parseInt(ends[1])) / 2;
  }
}
