package app.infinitestories.local.cli.seed;

import app.infinitestories.local.part.PartException;
import app.infinitestories.local.studio.media.AudioCodec;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Makes a book's text and media and writes down the edition that the API is to publish. */
final class BookMaker {
  /** The least that the picture model takes, as a page and as a poster. */
  private static final String PAGE = "1024x640";

  private static final String POSTER = "688x960";

  /** Scenes per chapter: how it begins, what goes wrong, how it ends. */
  private static final List<Integer> CHAPTERS = List.of(2, 3, 2);

  /** How long a silent page stands, per word. */
  private static final double SECONDS_PER_WORD = 0.45;

  private final StudioCalls studio;
  private final Bucket bucket;
  private final ExecutorService workers;

  /**
   * @param workers paint and read; as many at once as the machine bears
   */
  BookMaker(StudioCalls studio, Bucket bucket, ExecutorService workers) {
    this.studio = studio;
    this.bucket = bucket;
    this.workers = workers;
  }

  /** The {@code story} of the publishing route, after all its media is in Storage. */
  ObjectNode edition(BookPlan book, boolean narrated) throws InterruptedException {
    List<StudioCalls.Told> told = studio.story(book);
    var poster =
        workers.submit(() -> painted(book, told.getFirst().picturePrompt() + ", portrait", POSTER));
    var scenes = new ArrayList<Future<ObjectNode>>();
    for (StudioCalls.Told scene : told) {
      scenes.add(workers.submit(() -> scene(book, scene, narrated)));
    }
    var edition =
        object()
            .put("title", book.title())
            .put("summary", book.summary())
            .put("language", book.language())
            .put("genre", book.genre())
            .put("ageBand", book.ageBand())
            .put("posterKey", done(poster));
    var chapters = edition.putArray("chapters");
    var next = scenes.iterator();
    for (int c = 0; c < CHAPTERS.size(); c++) {
      var chapter =
          chapters
              .addObject()
              .put("id", "chapter-" + (c + 1))
              .put("title", book.chapters().get(c))
              .put("premium", c >= book.freeChapters());
      ArrayNode of = chapter.putArray("scenes");
      for (int s = 0; s < CHAPTERS.get(c); s++) {
        of.add(object().put("id", "scene-" + (s + 1)).setAll(done(next.next())));
      }
    }
    return edition;
  }

  private ObjectNode scene(BookPlan book, StudioCalls.Told told, boolean narrated) {
    var scene =
        object()
            .put("text", told.narration())
            .put("imageKey", painted(book, told.picturePrompt(), PAGE));
    if (!narrated) {
      int words = told.narration().split("\\s+", -1).length;
      return scene.put("durationSeconds", SECONDS_PER_WORD * words);
    }
    byte[] speech = studio.narration(book.language(), told.narration());
    double seconds =
        AudioCodec.decode(speech)
            .orElseThrow(() -> new PartException("The studio's narration is no sound"))
            .seconds();
    String captions = Captions.webVtt(told.narration(), book.language(), seconds);
    return scene
        .put("audioKey", bucket.put(folder(book), speech, "audio/mpeg", ".mp3"))
        .put(
            "captionsKey",
            bucket.put(folder(book), captions.getBytes(StandardCharsets.UTF_8), "text/vtt", ".vtt"))
        .put("durationSeconds", seconds);
  }

  private String painted(BookPlan book, String prompt, String size) {
    return bucket.put(folder(book), studio.picture(book, prompt, size), "image/jpeg", ".jpg");
  }

  static String folder(BookPlan book) {
    return "catalog/" + book.id();
  }

  /** What came of it, or why nothing did. */
  static <T> T done(Future<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
