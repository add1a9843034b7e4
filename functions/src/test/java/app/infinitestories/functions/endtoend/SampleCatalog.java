package app.infinitestories.functions.endtoend;

import app.infinitestories.catalog.CatalogPaths;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Two small stories of the catalogue, one of them free, with pictures that can be fetched. */
final class SampleCatalog {
  static final String FREE = "sample-free";
  static final String PREMIUM = "sample-premium";

  /** No picture: nothing looks at it here but at its address. */
  private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G'};

  private static final String PICTURE_PATH = "catalog/sample/picture.png";

  private SampleCatalog() {}

  /** Publishes both and ranks them; a second time changes nothing. */
  static void publish(Product product) {
    product.put(PICTURE_PATH, PICTURE, "image/png");
    publish(product, FREE, false);
    publish(product, PREMIUM, true);
    product.rankStories();
  }

  /** Somewhere in the first scene of the free story. */
  static Map<String, Object> progress(double positionSeconds, Instant watchedAt) {
    return Map.of(
        "chapterId",
        "c0",
        "sceneId",
        "c0s0",
        "positionSeconds",
        positionSeconds,
        "watchedAt",
        watchedAt.toString());
  }

  private static void publish(Product product, String id, boolean premium) {
    var paths = new CatalogPaths(product.firestore());
    List<Chapter> chapters =
        IntStream.range(0, 2).mapToObj(index -> chapter(index, premium)).toList();
    chapters.forEach(chapter -> product.set(paths.chapter(id, chapter.id()), chapter.toFields()));
    var story =
        new CatalogStory(
            id,
            "The Lantern on the Hill",
            "A lantern goes out, and somebody small climbs up to light it again.",
            "en",
            "bedtime",
            "4-6",
            premium,
            PICTURE_PATH,
            chapters.stream().map(Chapter::head).toList(),
            chapters.stream().mapToDouble(Chapter::durationSeconds).sum(),
            0,
            0,
            Instant.parse("2026-05-04T12:00:00Z"),
            true,
            1);
    product.set(paths.story(id), story.toFields());
  }

  private static Chapter chapter(int index, boolean premium) {
    List<Scene> scenes =
        IntStream.range(0, 2)
            .mapToObj(scene ->
                new Scene(
                    "c" + index + "s" + scene,
                    scene,
                    "It grew dark, and nobody sang.",
                    PICTURE_PATH,
                    null,
                    null,
                    null,
                    10))
            .toList();
    return new Chapter("c" + index, index, "Chapter " + (index + 1), premium, 20, scenes);
  }
}
