package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.AggregateField;
import com.google.cloud.firestore.AggregateQuerySnapshot;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QuerySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalogue as Firestore has it now. What belongs to one answer is asked for at once. */
public final class Catalog implements CatalogReads {
  private static final AggregateField LIKES = AggregateField.sum("likes");

  private final Firestore firestore;
  private final CatalogPaths paths;

  public Catalog(Firestore firestore) {
    this.firestore = firestore;
    this.paths = new CatalogPaths(firestore);
  }

  /** A story and the documents that were read with it. */
  public record Found(CatalogStory story, List<DocumentSnapshot> beside) {}

  @Override
  public StoryPage list(StoryFilter filter, int limit, Optional<StoryPage.After> after) {
    Query query = paths.stories().whereEqualTo("published", true);
    if (filter.language() != null) {
      query = query.whereEqualTo("language", filter.language());
    }
    if (filter.genre() != null) {
      query = query.whereEqualTo("genre", filter.genre());
    }
    if (filter.ageBand() != null) {
      query = query.whereEqualTo("ageBand", filter.ageBand());
    }
    query =
        query
            .orderBy("publishedAt", Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING);
    if (after.isPresent()) {
      query = query.startAfter(timestamp(after.get().publishedAt()), after.get().id());
    }
    // one more than asked for tells whether there is a next page
    List<CatalogStory> found =
        on(query.limit(limit + 1).get()).getDocuments().stream().map(CatalogStory::of).toList();
    List<CatalogStory> page = found.subList(0, Math.min(limit, found.size()));
    return new StoryPage(
        page,
        found.size() > limit
            ? Optional.of(new StoryPage.After(page.getLast().publishedAt(), page.getLast().id()))
            : Optional.empty());
  }

  @Override
  public Optional<CatalogStory> find(String storyId) {
    return find(storyId, List.of()).map(Found::story);
  }

  /** The same with other documents, which cost no further round trip. */
  public Optional<Found> find(String storyId, List<DocumentReference> beside) {
    ApiFuture<AggregateQuerySnapshot> likes = paths.shards(storyId).aggregate(LIKES).get();
    var references = new ArrayList<DocumentReference>();
    references.add(paths.story(storyId));
    references.addAll(beside);
    List<DocumentSnapshot> documents = all(references);
    Optional<CatalogStory> story = published(documents.getFirst());
    return story.map(known ->
        new Found(known.withLikes(sum(on(likes))), documents.subList(1, documents.size())));
  }

  @Override
  public Optional<List<Chapter>> chapters(String storyId) {
    ApiFuture<QuerySnapshot> chapters = paths.chapters(storyId).orderBy("index").get();
    if (published(on(paths.story(storyId).get())).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(on(chapters).getDocuments().stream().map(Chapter::of).toList());
  }

  @Override
  public Optional<Chapter> chapter(String storyId, String chapterId) {
    List<DocumentSnapshot> documents =
        all(List.of(paths.story(storyId), paths.chapter(storyId, chapterId)));
    return published(documents.getFirst())
        .map(story -> documents.getLast())
        .filter(DocumentSnapshot::exists)
        .map(Chapter::of);
  }

  private List<DocumentSnapshot> all(List<DocumentReference> references) {
    return on(firestore.getAll(references.toArray(DocumentReference[]::new)));
  }

  private static Optional<CatalogStory> published(DocumentSnapshot document) {
    return document.exists()
        ? Optional.of(CatalogStory.of(document)).filter(CatalogStory::published)
        : Optional.empty();
  }

  /** Without shards the sum is 0, or none at all. */
  private static long sum(AggregateQuerySnapshot shards) {
    return shards.get(LIKES) instanceof Number number ? number.longValue() : 0;
  }
}
