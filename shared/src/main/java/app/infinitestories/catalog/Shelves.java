package app.infinitestories.catalog;

import app.infinitestories.platform.json.Json;
import com.google.cloud.firestore.DocumentSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on show in one language, {@code discovery/{language}}. A story that lies on several
 * shelves is kept once.
 *
 * @param newest by the time of publishing
 * @param popular only stories that anybody liked or finished lately
 * @param genres by genre, the popular stories first; a genre without stories is missing
 */
public record Shelves(
    List<CatalogStory> newest, List<CatalogStory> popular, Map<String, List<CatalogStory>> genres) {
  /** Nothing on show. */
  public static final Shelves EMPTY = new Shelves(List.of(), List.of(), Map.of());

  /** How many stories a shelf takes. */
  static final int LENGTH = 50;

  /** A document holds 1 MiB; what JSON takes for the same fields is more than Firestore takes. */
  private static final int MOST_BYTES = 900_000;

  private static final Comparator<CatalogStory> NEWEST =
      Comparator.comparing(CatalogStory::publishedAt).thenComparing(CatalogStory::id).reversed();
  private static final Comparator<CatalogStory> POPULAR =
      Comparator.comparingDouble(CatalogStory::popularity).reversed().thenComparing(NEWEST);

  /** The shelves of a language's published stories: as long as fits into their document. */
  static Shelves of(Collection<CatalogStory> published) {
    return of(published, MOST_BYTES);
  }

  static Shelves of(Collection<CatalogStory> published, int mostBytes) {
    for (int length = LENGTH; length > 1; length = length * 4 / 5) {
      Shelves shelves = upTo(length, published);
      if (shelves.bytes() <= mostBytes) {
        return shelves;
      }
    }
    return upTo(1, published);
  }

  private static Shelves upTo(int length, Collection<CatalogStory> published) {
    return new Shelves(
        shelf(published, NEWEST, story -> true, length),
        shelf(published, POPULAR, story -> story.popularity() > 0, length),
        published.stream()
            .map(CatalogStory::genre)
            .distinct()
            .collect(
                Collectors.toMap(
                    genre -> genre,
                    genre ->
                        shelf(published, POPULAR, story -> story.genre().equals(genre), length),
                    (one, other) -> one,
                    TreeMap::new)));
  }

  private static List<CatalogStory> shelf(
      Collection<CatalogStory> stories,
      Comparator<CatalogStory> order,
      Predicate<CatalogStory> belongs,
      int length) {
    return stories.stream().filter(belongs).sorted(order).limit(length).toList();
  }

  /** Every story on any shelf, once: the popular ones first, then the new ones. */
  public List<CatalogStory> all() {
    return List.copyOf(byId().values());
  }

  private SequencedMap<String, CatalogStory> byId() {
    var byId = new LinkedHashMap<String, CatalogStory>();
    Stream.of(popular.stream(), newest.stream(), genres.values().stream().flatMap(List::stream))
        .flatMap(shelf -> shelf)
        .forEach(story -> byId.putIfAbsent(story.id(), story));
    return byId;
  }

  private int bytes() {
    return byId().values().stream()
        .mapToInt(story -> Json.write(story.toFields()).getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  /** The fields of the document. */
  Map<String, Object> toFields() {
    Map<String, Object> stories = new HashMap<>();
    byId().forEach((id, story) -> stories.put(id, story.toFields()));
    Map<String, Object> byGenre = new HashMap<>();
    genres.forEach((genre, shelf) -> byGenre.put(genre, ids(shelf)));
    return Map.of(
        "stories", stories, "new", ids(newest), "popular", ids(popular), "genres", byGenre);
  }

  /** The shelves of a document; {@link #EMPTY} if there is none yet. */
  static Shelves of(DocumentSnapshot document) {
    if (!document.exists()) {
      return EMPTY;
    }
    var byId = new HashMap<String, CatalogStory>();
    map(document.get("stories"))
        .forEach((id, fields) -> byId.put((String) id, story((String) id, fields)));
    Map<String, List<CatalogStory>> genres = new TreeMap<>();
    map(document.get("genres"))
        .forEach((genre, ids) -> genres.put((String) genre, stories(ids, byId)));
    return new Shelves(
        stories(document.get("new"), byId), stories(document.get("popular"), byId), genres);
  }

  @SuppressWarnings("unchecked") // Firestore's maps have texts as keys
  private static CatalogStory story(String id, Object fields) {
    return CatalogStory.of(id, (Map<String, ?>) fields);
  }

  private static Map<?, ?> map(@Nullable Object stored) {
    return (Map<?, ?>) Objects.requireNonNull(stored);
  }

  private static List<CatalogStory> stories(@Nullable Object ids, Map<String, CatalogStory> byId) {
    return ((List<?>) Objects.requireNonNull(ids))
        .stream().map(id -> Objects.requireNonNull(byId.get((String) id))).toList();
  }

  private static List<String> ids(List<CatalogStory> shelf) {
    return shelf.stream().map(CatalogStory::id).toList();
  }
}
