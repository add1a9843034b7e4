package app.infinitestories.functions.api.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.engagement.Taste;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who likes what sees what. */
class ForYouTest {
  private static final List<CatalogStory> ON_SHOW =
      List.of(
          story("space1", "space"),
          story("animals1", "animals"),
          story("bedtime1", "bedtime"),
          story("space2", "space"),
          story("animals2", "animals"),
          story("bedtime2", "bedtime"),
          story("space3", "space"),
          story("space4", "space"));

  @Test
  void twoTastesGetTwoRows() {
    assertEquals(
        List.of("space1", "space2", "animals1", "space3"),
        chosen(new Taste(Map.of("space", 8.0, "animals", 3.0), Set.of()), 4));
    assertEquals(
        List.of("bedtime1", "bedtime2", "animals1", "animals2"),
        chosen(new Taste(Map.of("bedtime", 9.0, "animals", 3.0), Set.of()), 4));
  }

  @Test
  void whatIsFinishedIsNotShownAgain() {
    var taste = new Taste(Map.of("space", 8.0), Set.of("space1", "space3"));

    List<String> chosen = chosen(taste, 8);

    assertEquals(List.of("space2", "space4"), chosen.subList(0, 2));
    assertFalse(chosen.contains("space1"));
    assertEquals(6, chosen.size());
  }

  @Test
  void whoIsNewSeesTheStoriesInTheOrderOfTheShelves() {
    assertEquals(List.of("space1", "animals1", "bedtime1", "space2"), chosen(Taste.NONE, 4));
  }

  @Test
  void nothingOnShowIsNothingForYou() {
    assertEquals(List.of(), ForYou.choose(List.of(), Taste.NONE, 4));
  }

  private static List<String> chosen(Taste taste, int limit) {
    return ForYou.choose(ON_SHOW, taste, limit).stream().map(CatalogStory::id).toList();
  }

  private static CatalogStory story(String id, String genre) {
    return new CatalogStory(
        id,
        id,
        id,
        "en",
        genre,
        "4-6",
        false,
        "catalog/p.png",
        List.of(),
        1,
        0,
        0,
        Instant.EPOCH,
        true,
        1);
  }
}
