package app.infinitestories.local.cli.seed;

import app.infinitestories.local.auth.SampleUsers;
import app.infinitestories.local.cli.story.ApiException;
import app.infinitestories.local.cli.story.HttpCalls;
import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Publishes the sample catalogue by the route that staff use. What was made is kept beside its
 * media in Storage with a fingerprint of its plan: a second run makes and changes nothing.
 */
public final class SampleCatalogue {
  /** Counts changes of how books are made: another number has all of them made anew. */
  private static final int MAKER = 1;

  private static final long STUDIO_SEED = 2026;
  private static final String EDITOR = "sample-editor";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpCalls http;
  private final SeedAddresses at;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final Bucket bucket;
  private final StudioCalls studio;
  private final String token;

  private SampleCatalogue(
      HttpCalls http, SeedAddresses at, PrintStream out, LongSupplier nanoTime) {
    this.http = http;
    this.at = at;
    this.out = out;
    this.nanoTime = nanoTime;
    this.bucket = Bucket.open(at.storage(), at.projectId(), at.bucket(), at.key());
    this.studio = new StudioCalls(http, at.studio());
    this.token = new SampleUsers(at.authHost(), at.projectId()).idToken(EDITOR, true);
  }

  /**
   * The sample catalogue of a stack.
   *
   * @param stack the description that the stack gives of itself
   * @throws PartException when the stack lacks something
   */
  public static SampleCatalogue of(
      JsonNode stack, HttpCalls http, PrintStream out, LongSupplier nanoTime) {
    return new SampleCatalogue(http, SeedAddresses.of(stack), out, nanoTime);
  }

  /** What a run did. */
  public record Result(int made, int published, int untouched) {}

  /** The languages that there are samples in. */
  public static List<String> languages() {
    return BookPlan.all().stream().map(BookPlan::language).distinct().toList();
  }

  /** Publishes all of it, or what is in these languages. */
  public Result seed(Collection<String> languages) throws InterruptedException {
    return seed(
        BookPlan.all().stream().filter(book -> languages.contains(book.language())).toList());
  }

  /**
   * Publishes these books; what is there already is only looked at.
   *
   * @throws PartException telling what went wrong with which book
   */
  Result seed(List<BookPlan> books) throws InterruptedException {
    long start = nanoTime.getAsLong();
    Map<String, Boolean> voices = voices(books);
    var publishing = new LinkedHashMap<BookPlan, Future<Optional<Boolean>>>();
    var missing = new ArrayList<BookPlan>();
    int published = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (BookPlan book : books) {
        boolean narrated = narrated(book, voices);
        publishing.put(book, threads.submit(() -> publishKept(book, narrated)));
      }
      for (var each : publishing.entrySet()) {
        Optional<Boolean> changed = BookMaker.done(each.getValue());
        if (changed.isEmpty()) {
          missing.add(each.getKey());
        } else if (changed.get()) {
          tell(start, each.getKey(), "published as it was made before");
          published++;
        }
      }
    }
    if (!missing.isEmpty()) {
      make(missing, voices, start);
    }
    var result =
        new Result(
            missing.size(), missing.size() + published, books.size() - missing.size() - published);
    sum(result, books, start);
    return result;
  }

  private void make(List<BookPlan> books, Map<String, Boolean> voices, long start)
      throws InterruptedException {
    out.println("* The studio writes, paints and reads " + books.size() + " books");
    long before = seedStudio(STUDIO_SEED);
    // Painting is what takes the time: more at once than the machine has cores gains nothing.
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(cores + 1);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var maker = new BookMaker(studio, bucket, workers);
      var making = new ArrayList<Future<?>>();
      for (BookPlan book : books) {
        boolean narrated = narrated(book, voices);
        making.add(
            threads.submit(() -> {
              ObjectNode edition = maker.edition(book, narrated);
              keep(book, narrated, edition);
              publish(book, edition);
              tell(start, book, "made and published");
              return null;
            }));
      }
      try {
        for (Future<?> each : making) {
          BookMaker.done(each);
        }
      } catch (PartException e) {
        threads.shutdownNow();
        workers.shutdownNow();
        throw e;
      }
    } finally {
      seedStudio(before);
    }
  }

  /** Publishes what was made before; empty if that is not there or was made from another plan. */
  private Optional<Boolean> publishKept(BookPlan book, boolean narrated) {
    Optional<JsonNode> kept = bucket.read(keptAt(book)).map(SampleCatalogue::read);
    if (kept.isEmpty() || !kept.get().path("madeFrom").asText().equals(plan(book, narrated))) {
      return Optional.empty();
    }
    try {
      return Optional.of(publish(book, kept.get().path("edition")));
    } catch (ApiException e) {
      if (e.status() == 400) {
        return Optional.empty(); // its media is gone: it is made again
      }
      throw e;
    }
  }

  private void keep(BookPlan book, boolean narrated, ObjectNode edition) {
    var kept = JSON.createObjectNode().put("madeFrom", plan(book, narrated));
    kept.set("edition", edition);
    bucket.write(
        keptAt(book), kept.toString().getBytes(StandardCharsets.UTF_8), "application/json");
  }

  /** Whether the API says that something changed. */
  private boolean publish(BookPlan book, JsonNode edition) {
    var body = JSON.createObjectNode().put("action", "publish");
    body.set("story", edition);
    return http.json(
            "publishing “" + book.title() + "”",
            "PUT",
            at.api().resolve("/api/v2/admin/catalog/stories/" + book.id()),
            Map.of("Authorization", "Bearer " + token),
            body)
        .path("changed")
        .asBoolean();
  }

  private static String keptAt(BookPlan book) {
    return BookMaker.folder(book) + "/edition.json";
  }

  private static String plan(BookPlan book, boolean narrated) {
    String all = MAKER + " " + STUDIO_SEED + " " + narrated + " " + JSON.valueToTree(book);
    return Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString();
  }

  /** Which languages can be read aloud here: all but English need a program of their own. */
  private Map<String, Boolean> voices(List<BookPlan> books) {
    var voices = new LinkedHashMap<String, Boolean>();
    for (BookPlan book : books) {
      voices.computeIfAbsent(
          book.language(),
          language -> {
            try {
              studio.narration(language, "Mm.");
              return true;
            } catch (ApiException e) {
              out.println("* Books in " + language + " stay silent. " + e.getMessage());
              return false;
            }
          });
    }
    return voices;
  }

  private static boolean narrated(BookPlan book, Map<String, Boolean> voices) {
    return voices.getOrDefault(book.language(), false);
  }

  /** Tells the studio what to draw from, so that every run makes the same; returns what it had. */
  private long seedStudio(long seed) {
    var settings = at.studio().resolve("/studio/settings");
    try {
      var before = http.json("asking for the studio's seed", "GET", settings, Map.of(), null);
      var wanted = JsonNodeFactory.instance.objectNode().put("seed", seed);
      http.json("setting the studio's seed", "PUT", settings, Map.of(), wanted);
      return before.path("seed").asLong();
    } catch (ApiException e) {
      throw new PartException(
          "The sample catalogue is made by the offline studio, and "
              + at.studio()
              + " is none: unset OPENAI_BASE_URL and RUNWAY_BASE_URL.",
          e);
    }
  }

  private synchronized void tell(long start, BookPlan book, String what) {
    out.printf(
        "  %5.1f s  %s  %-11s %-6s %s: %s%n",
        seconds(start), book.language(), book.genre(), book.ageBand(), book.title(), what);
  }

  private void sum(Result result, List<BookPlan> books, long start) {
    long languages = books.stream().map(BookPlan::language).distinct().count();
    String what =
        result.published() == 0
            ? "nothing to do"
            : result.made() + " made, " + result.published() + " published";
    out.printf(
        "* %d stories in %d languages: %s. %.1f s%n",
        books.size(), languages, what, seconds(start));
  }

  private double seconds(long start) {
    return (nanoTime.getAsLong() - start) / 1e9;
  }

  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
