package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One story from the sign-up to the film on disk, told step by step to the person who asked. */
public final class StoryRun {
  private static final Duration PUSH = Duration.ofSeconds(20);

  private final HttpCalls http;
  private final Addresses at;
  private final PrintStream out;
  private final boolean terminal;
  private final Phases phases;
  private final LongSupplier nanoTime;
  private final Supplier<String> ids;
  private final Supplier<Optional<String>> lines;
  private volatile @Nullable Runnable cancel;

  /**
   * @param lines what the parent types when asked; empty when there will be no more
   */
  public StoryRun(
      HttpCalls http,
      Addresses at,
      PrintStream out,
      boolean terminal,
      Phases phases,
      LongSupplier nanoTime,
      Supplier<String> ids,
      Supplier<Optional<String>> lines) {
    this.http = http;
    this.at = at;
    this.out = out;
    this.terminal = terminal;
    this.phases = phases;
    this.nanoTime = nanoTime;
    this.ids = ids;
    this.lines = lines;
  }

  /** Makes the story; returns its folder's files being written. */
  public void make(StoryOrder order, long seed, Path outFolder, Duration patience)
      throws InterruptedException {
    begin("signing up", "A parent signs up", "Auth emulator, " + at.auth());
    out.println("    " + StudioSeed.set(http, at.studio(), seed));
    var id = ids.get();
    var parent =
        Parent.signUp(http, at.auth(), "parent-" + id + "@example.com", "Sample-password-1");
    var app = new AppCalls(http, at.api(), parent);
    var phone = new Phone(http, at.fcm(), "sample-phone-" + id);
    begin("registering", "The app registers parent and phone", "API function, " + at.api());
    app.register(order.language());
    app.putPushToken(phone.token());

    begin(
        "uploading", "The photo goes up by a signed URL, and is checked", "Storage, API function");
    var photoKey = app.upload(order.photo());
    String ideaKey = null;
    var idea = order.idea();
    if (idea != null) {
      begin("uploading", "So does the spoken idea", "Storage, API function");
      ideaKey = app.upload(idea);
    }

    begin("ordering", "The story is ordered", "API function: into the queue in Firestore");
    var jobId = app.submit(order, photoKey, ideaKey, ids.get()).path("id").asText();
    if (jobId.isBlank()) {
      throw new PartException("The API accepted the order without naming a job");
    }
    cancel = () -> app.cancel(jobId);
    out.println("    job " + jobId);

    begin(
        "waiting for a worker",
        "The film is made, followed in the Realtime Database",
        "GenerateStories lets jobs in, WorkOnJob does the steps");
    var folder = new StoryFolder(outFolder, jobId);
    var last = follow(app, parent, jobId, folder, patience);
    cancel = null;
    if (!last.state().equals("succeeded")) {
      end(app, phone, jobId, last);
    }
    deliver(app, phone, jobId, folder);
  }

  /** Ends the job that is under way, if there is one. */
  public void cancel() {
    var under = cancel;
    if (under != null) {
      under.run();
    }
  }

  private JobNode follow(
      AppCalls app, Parent parent, String jobId, StoryFolder folder, Duration patience)
      throws InterruptedException {
    var display = new ProgressDisplay(out, terminal);
    var previews = new Previews(app, http, folder, display);
    var path = "queue/users/" + parent.uid() + "/jobs/" + jobId;
    try (var listener =
        DatabaseListener.listen(at.databaseHost(), at.projectId(), path, parent.idToken())) {
      return new JobFollower(app, display, phases, nanoTime)
          .follow(jobId, listener::next, watcher(app, jobId, previews, display), patience);
    } finally {
      display.end();
    }
  }

  private JobFollower.Watcher watcher(
      AppCalls app, String jobId, Previews previews, ProgressDisplay display) {
    return new JobFollower.Watcher() {
      @Override
      public void painted() {
        previews.fetch(jobId);
      }

      @Override
      public void asked() {
        previews.fetch(jobId);
        display.end();
        new ParentsQuestion(app, out, lines).ask(jobId);
      }
    };
  }

  private void end(AppCalls app, Phone phone, String jobId, JobNode last)
      throws InterruptedException {
    var error = app.item(jobId).path("job").path("error");
    begin("waiting for the push", "The phone hears of it", "StoryFailed, FCM " + at.fcm());
    var report = new StoryReport(out);
    phone.awaitPush(PUSH).ifPresentOrElse(report::push, () -> report.noPush(PUSH));
    throw new PartException(
        "The story "
            + last.words()
            + ": "
            + error.path("code").asText(last.errorCode() == null ? "no code" : last.errorCode())
            + ": "
            + error.path("message").asText("no message"));
  }

  private void deliver(AppCalls app, Phone phone, String jobId, StoryFolder folder)
      throws InterruptedException {
    begin("downloading", "The film comes down by signed URLs", "API function, Storage");
    var item = app.item(jobId);
    var story = item.path("story");
    if (!story.isObject()) {
      throw new PartException("The job succeeded, but the API has no story " + jobId);
    }
    folder.write("story.mp4", download("film", story.path("videoUrl")));
    folder.writePng("poster.png", download("poster", story.path("posterUrl")));
    for (JsonNode track : story.path("captions")) {
      var language = track.path("language");
      var own = language.equals(story.path("language"));
      folder.write(
          own ? "captions.vtt" : "captions." + language.asText() + ".vtt",
          download("captions", track.path("url")));
    }
    folder.write("story.json", item);
    var cost = app.cost(jobId);
    folder.write("cost.json", cost);

    begin("waiting for the push", "The phone hears of it", "StoryCreated, FCM " + at.fcm());
    var push = phone.awaitPush(PUSH);
    phases.end();

    var report = new StoryReport(out);
    report.story(story);
    report.files(folder.files());
    report.cost(cost);
    push.ifPresentOrElse(report::push, () -> report.noPush(PUSH));
    report.phases(phases.durations());
  }

  private byte[] download(String what, JsonNode url) {
    if (url.asText().isBlank()) {
      throw new PartException("The API's story has no address of its " + what);
    }
    return http.get("downloading the " + what, URI.create(url.asText()));
  }

  private void begin(String phase, String what, String who) {
    phases.enter(phase);
    out.println("* " + what + "  (" + who + ")");
  }

  /** Brings down the pictures that are painted before the film is ready. */
  private static final class Previews {
    private final AppCalls app;
    private final HttpCalls http;
    private final StoryFolder folder;
    private final ProgressDisplay display;
    private final Set<Integer> known = new HashSet<>();

    Previews(AppCalls app, HttpCalls http, StoryFolder folder, ProgressDisplay display) {
      this.app = app;
      this.http = http;
      this.folder = folder;
      this.display = display;
    }

    /** The database names the latest only, by its path; the API knows all, with signed URLs. */
    void fetch(String jobId) {
      for (JsonNode preview : app.item(jobId).path("job").path("previews")) {
        int scene = preview.path("scene").asInt();
        if (known.add(scene)) {
          var picture =
              http.get("downloading a preview", URI.create(preview.path("imageUrl").asText()));
          display.note("a picture: " + folder.writePng("preview-" + scene + ".png", picture));
        }
      }
    }
  }
}
