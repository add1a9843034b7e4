package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks published stories up by their ids, for who already holds an id: one round trip, and nothing
 * but the documents.
 */
public final class StoryLookup {
  /** As all our ids are; names that Firestore keeps for itself are none. */
  private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$|__.*__$)[A-Za-z0-9._~:-]{1,200}");

  private final Firestore firestore;
  private final CatalogPaths paths;

  public StoryLookup(Firestore firestore) {
    this.firestore = firestore;
    this.paths = new CatalogPaths(firestore);
  }

  /** A place where a story can be watched. */
  public record Place(CatalogStory story, Chapter chapter, Scene scene) {

    /** Seconds from the story's beginning to the scene's. */
    public double startSeconds() {
      double chaptersBefore =
          story.chapters().stream()
              .filter(head -> head.index() < chapter.index())
              .mapToDouble(ChapterHead::durationSeconds)
              .sum();
      return chaptersBefore
          + chapter.scenes().stream()
              .filter(each -> each.index() < scene.index())
              .mapToDouble(Scene::durationSeconds)
              .sum();
    }

    /** Whether the story ends with this scene. */
    public boolean isLast() {
      return story.chapters().stream().noneMatch(head -> head.index() > chapter.index())
          && chapter.scenes().stream().noneMatch(each -> each.index() > scene.index());
    }
  }

  /** The story; empty if it is unknown or not published. */
  public Optional<CatalogStory> find(String storyId) {
    return Optional.ofNullable(all(List.of(storyId)).get(storyId));
  }

  /** The scene; empty if the story has no such chapter, or that no such scene. */
  public Optional<Place> find(String storyId, String chapterId, String sceneId) {
    if (!ID.matcher(chapterId).matches()) {
      return Optional.empty();
    }
    List<DocumentSnapshot> found =
        on(firestore.getAll(paths.story(storyId), paths.chapter(storyId, chapterId)));
    Optional<CatalogStory> story = published(found.getFirst());
    if (story.isEmpty() || !found.getLast().exists()) {
      return Optional.empty();
    }
    Chapter chapter = Chapter.of(found.getLast());
    return chapter.scenes().stream()
        .filter(scene -> scene.id().equals(sceneId))
        .findFirst()
        .map(scene -> new Place(story.get(), chapter, scene));
  }

  /** Those of the stories that are published, by id. */
  public Map<String, CatalogStory> all(Collection<String> storyIds) {
    if (storyIds.isEmpty()) {
      return Map.of();
    }
    DocumentReference[] references =
        storyIds.stream().map(paths::story).toArray(DocumentReference[]::new);
    return on(firestore.getAll(references)).stream()
        .flatMap(document -> published(document).stream())
        .collect(Collectors.toMap(CatalogStory::id, Function.identity()));
  }

  private static Optional<CatalogStory> published(DocumentSnapshot document) {
    return Optional.of(document)
        .filter(DocumentSnapshot::exists)
        .map(CatalogStory::of)
        .filter(CatalogStory::published);
  }
}
