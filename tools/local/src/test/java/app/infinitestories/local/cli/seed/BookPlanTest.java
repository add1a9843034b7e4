package app.infinitestories.local.cli.seed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample catalogue's plan is one that can be made and published. */
class BookPlanTest {
  private static final Set<String> GENRES =
      Set.of(
          "adventure",
          "fantasy",
          "fairy_tale",
          "animals",
          "space",
          "friendship",
          "mystery",
          "bedtime");

  private final List<BookPlan> books = BookPlan.all();

  @Test
  void thereAreThreeBooksInEachLanguage() {
    assertEquals(
        Map.of("en", 3L, "es", 3L, "fr", 3L, "de", 3L, "it", 3L),
        books.stream().collect(groupingBy(BookPlan::language, counting())));
  }

  @Test
  void allGenresAndAgesAreThereAndSomeChaptersArePremium() {
    assertEquals(GENRES, books.stream().map(BookPlan::genre).collect(Collectors.toSet()));
    assertEquals(
        Set.of("1-3", "4-6", "7-9", "10-12", "13-18"),
        books.stream().map(BookPlan::ageBand).collect(Collectors.toSet()));
    long premium = books.stream().filter(book -> book.freeChapters() < 3).count();
    assertTrue(premium >= 3 && premium <= books.size() / 2, premium + " premium books");
  }

  @Test
  void everyBookHasAnIdOfItsOwnThreeChaptersAndAFreeBeginning() {
    assertEquals(books.size(), books.stream().map(BookPlan::id).distinct().count());
    for (BookPlan book : books) {
      assertTrue(book.id().matches("sample-" + book.language() + "-[a-z]+"), book.id());
      assertEquals(3, book.chapters().size(), book.id());
      assertTrue(book.freeChapters() >= 1, book.id());
      assertTrue(book.age() >= 1 && book.age() <= 18, book.id());
      assertTrue(!book.title().isBlank() && !book.summary().isBlank(), book.id());
    }
  }

  /** The painter reads the look with the scene: "dark trousers" would make it night. */
  @Test
  void noLookChangesTheScene() {
    for (BookPlan book : books) {
      assertTrue(
          book.look().matches("(?!.*\\b(dark|bright|light blue|forest|night|star)\\b).+"),
          book.id() + ": " + book.look());
    }
  }
}
