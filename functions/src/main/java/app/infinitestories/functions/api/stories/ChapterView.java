package app.infinitestories.functions.api.stories;

import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.ChapterHead;
import app.infinitestories.catalog.Scene;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A chapter as the API shows it; media by signed addresses. */
record ChapterView(
    String id,
    int index,
    String title,
    boolean premium,
    double durationSeconds,
    List<SceneView> scenes) {

  /** A chapter without its scenes, as a story lists it. */
  record ChapterHeadView(
      String id, int index, String title, boolean premium, double durationSeconds) {
    static ChapterHeadView of(ChapterHead head) {
      return new ChapterHeadView(
          head.id(), head.index(), head.title(), head.premium(), head.durationSeconds());
    }
  }

  /** One scene: its text and its media. */
  record SceneView(
      String id,
      int index,
      String text,
      String imageUrl,
      @Nullable String videoUrl,
      @Nullable String audioUrl,
      @Nullable String captionsUrl,
      double durationSeconds) {
    static SceneView of(Scene scene, Function<String, URI> readUrl) {
      return new SceneView(
          scene.id(),
          scene.index(),
          scene.text(),
          readUrl.apply(scene.imagePath()).toString(),
          url(scene.videoPath(), readUrl),
          url(scene.audioPath(), readUrl),
          url(scene.captionsPath(), readUrl),
          scene.durationSeconds());
    }

    private static @Nullable String url(@Nullable String path, Function<String, URI> readUrl) {
      return path == null ? null : readUrl.apply(path).toString();
    }
  }

  static ChapterView of(Chapter chapter, Function<String, URI> readUrl) {
    return new ChapterView(
        chapter.id(),
        chapter.index(),
        chapter.title(),
        chapter.premium(),
        chapter.durationSeconds(),
        chapter.scenes().stream().map(scene -> SceneView.of(scene, readUrl)).toList());
  }
}
