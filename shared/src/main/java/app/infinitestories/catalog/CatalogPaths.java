package app.infinitestories.catalog;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import java.util.List;
import java.util.stream.IntStream;

/** Where the catalogue's documents lie. */
public final class CatalogPaths {
  /**
   * Over how many documents a story's counters are spread: one document takes about one write a
   * second, ten take a story's rush hour.
   */
  public static final int SHARDS = 10;

  private final Firestore firestore;

  public CatalogPaths(Firestore firestore) {
    this.firestore = firestore;
  }

  /** All {@link CatalogStory} documents, published or not. */
  public CollectionReference stories() {
    return firestore.collection("stories");
  }

  /** One {@link CatalogStory}. */
  public DocumentReference story(String storyId) {
    return stories().document(storyId);
  }

  /** A story's {@link Chapter} documents. */
  public CollectionReference chapters(String storyId) {
    return story(storyId).collection("chapters");
  }

  /** One {@link Chapter}. */
  public DocumentReference chapter(String storyId, String chapterId) {
    return chapters(storyId).document(chapterId);
  }

  /** A story's counters, {@code likes} and {@code finishes}: their sums over all shards count. */
  public CollectionReference shards(String storyId) {
    return story(storyId).collection("shards");
  }

  /**
   * One shard of a story's counters.
   *
   * @param number from 0 to less than {@link #SHARDS}
   */
  public DocumentReference shard(String storyId, int number) {
    if (number < 0 || number >= SHARDS) {
      throw new IllegalArgumentException("no shard " + number);
    }
    return shards(storyId).document(Integer.toString(number));
  }

  /** All shards of a story's counters, written or not. */
  public List<DocumentReference> allShards(String storyId) {
    return IntStream.range(0, SHARDS).mapToObj(number -> shard(storyId, number)).toList();
  }

  /** The shelves of a language, which the ranking computes. */
  public DocumentReference discovery(String language) {
    return firestore.collection("discovery").document(language);
  }
}
