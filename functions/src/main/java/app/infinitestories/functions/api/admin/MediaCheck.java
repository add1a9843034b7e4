package app.infinitestories.functions.api.admin;

import app.infinitestories.functions.api.admin.EditStory.SceneBody;
import app.infinitestories.functions.api.admin.EditStory.StoryBody;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.storage.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What of a story's body no field can tell by itself: ids told apart, media in the bucket. */
final class MediaCheck {
  private static final int MOST_SCENES = 200;
  private static final int AT_ONCE = 16;

  private record Medium(String field, String key, String type) {}

  private final MediaStore media;

  MediaCheck(MediaStore media) {
    this.media = media;
  }

  /**
   * Checks a story.
   *
   * @throws Failure.BadInput naming every field that is wrong
   */
  void check(StoryBody story) {
    var problems = new LinkedHashMap<String, String>();
    var wanted = new ArrayList<Medium>();
    wanted.add(new Medium("story.posterKey", story.posterKey(), "image/"));
    var chapterIds = new HashSet<String>();
    int scenes = 0;
    for (int c = 0; c < story.chapters().size(); c++) {
      var chapter = story.chapters().get(c);
      String at = "story.chapters[" + c + "]";
      noTwin(problems, chapterIds, at, chapter.id());
      var sceneIds = new HashSet<String>();
      for (int s = 0; s < chapter.scenes().size(); s++) {
        String in = at + ".scenes[" + s + "]";
        noTwin(problems, sceneIds, in, chapter.scenes().get(s).id());
        media(wanted, in, chapter.scenes().get(s));
      }
      scenes += chapter.scenes().size();
    }
    if (scenes > MOST_SCENES) {
      problems.put("story.chapters", "must have at most " + MOST_SCENES + " scenes in all");
    } else {
      findMissing(wanted, problems);
    }
    if (!problems.isEmpty()) {
      throw new Failure.BadInput(problems);
    }
  }

  private static void noTwin(
      Map<String, String> problems, Set<String> known, String path, String id) {
    if (!known.add(id)) {
      problems.put(path + ".id", "is used twice");
    }
  }

  private static void media(List<Medium> wanted, String at, SceneBody scene) {
    want(wanted, at + ".imageKey", scene.imageKey(), "image/");
    want(wanted, at + ".videoKey", scene.videoKey(), "video/");
    want(wanted, at + ".audioKey", scene.audioKey(), "audio/");
    want(wanted, at + ".captionsKey", scene.captionsKey(), "text/vtt");
  }

  private static void want(List<Medium> wanted, String field, @Nullable String key, String type) {
    if (key != null) {
      wanted.add(new Medium(field, key, type));
    }
  }

  private void findMissing(List<Medium> wanted, Map<String, String> problems) {
    Map<String, StoredObject> stored = stored(wanted);
    for (Medium medium : wanted) {
      StoredObject found = stored.get(medium.key());
      if (found == null) {
        problems.put(medium.field(), "is not in Storage");
      } else if (!String.valueOf(found.contentType()).startsWith(medium.type())) {
        problems.put(medium.field(), "is stored as " + found.contentType());
      }
    }
  }

  /** What is there, by key; a picture that stands in several places is asked for once. */
  private Map<String, StoredObject> stored(List<Medium> wanted) {
    var answers = new HashMap<String, Future<Optional<StoredObject>>>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Medium medium : wanted) {
        answers.computeIfAbsent(medium.key(), key -> threads.submit(() -> media.stat(key)));
      }
    }
    var stored = new HashMap<String, StoredObject>();
    answers.forEach((key, answer) -> answer(answer).ifPresent(object -> stored.put(key, object)));
    return stored;
  }

  private static Optional<StoredObject> answer(Future<Optional<StoredObject>> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for media", e);
    }
  }
}
