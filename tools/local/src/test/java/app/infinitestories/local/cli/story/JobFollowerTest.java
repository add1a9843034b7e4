package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.cli.story.DatabaseListener.Heard;
import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobFollowerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AtomicLong now = new AtomicLong();
  private final Phases phases = new Phases(now::get);
  private final AtomicInteger previews = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private final Queue<Optional<Heard>> changes = new ArrayDeque<>();
  private FakeBackend backend;
  private JobFollower follower;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
    var app =
        new AppCalls(
            new HttpCalls(Duration.ofSeconds(20)), backend.address(), new Parent("ann", "t"));
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    follower = new JobFollower(app, new ProgressDisplay(out, false), phases, now::get);
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  /** Each change comes two seconds after the one before. */
  private JobNode follow() throws InterruptedException {
    return follower.follow(
        "j1",
        patience -> {
          now.addAndGet(TimeUnit.SECONDS.toNanos(2));
          return changes.remove();
        },
        new JobFollower.Watcher() {
          @Override
          public void painted() {
            previews.incrementAndGet();
          }

          @Override
          public void asked() {
            questions.incrementAndGet();
          }
        },
        PATIENCE);
  }

  @Test
  void goesOnUntilTheJobHasEndedAndCountsThePhases() throws Exception {
    changes.add(Optional.of(new Heard.Value(MissingNode.getInstance())));
    changes.add(value("{'state': 'running', 'step': 'script@1'}"));
    changes.add(value("{'state': 'running', 'step': 'picture.0@1'}"));
    changes.add(value("{'state': 'running', 'step': 'script@1'}"));
    changes.add(value("{'state': 'succeeded'}"));

    var last = follow();
    phases.end();

    assertEquals("succeeded", last.state());
    assertEquals(
        Map.of(
            "writing the story", Duration.ofSeconds(4),
            "painting the pictures", Duration.ofSeconds(2),
            "ending", Duration.ZERO),
        phases.durations());
    assertEquals(List.of(), backend.calls());
  }

  @Test
  void eachNewPictureIsFetchedOnce() throws Exception {
    changes.add(value("{'state': 'running', 'preview': {'scene': 0, 'path': 'p'}}"));
    changes.add(value("{'state': 'running', 'preview': {'scene': 0, 'path': 'p'}, 'progress': 9}"));
    changes.add(value("{'state': 'running', 'preview': {'scene': 2, 'path': 'p'}}"));
    changes.add(value("{'state': 'failed', 'error': {'code': 'INTERNAL'}}"));

    assertEquals("INTERNAL", follow().errorCode());
    assertEquals(2, previews.get());
  }

  @Test
  void theParentIsAskedOnceEachTimeThatTheJobWaitsForThem() throws Exception {
    changes.add(value("{'state': 'running'}"));
    changes.add(value("{'state': 'awaiting_approval'}"));
    changes.add(value("{'state': 'awaiting_approval', 'progress': 20}"));
    changes.add(value("{'state': 'queued'}"));
    changes.add(value("{'state': 'awaiting_approval'}"));
    changes.add(value("{'state': 'cancelled'}"));

    assertEquals("cancelled", follow().state());
    assertEquals(2, questions.get());
  }

  @Test
  void whenTheDatabaseIsSilentTheApiIsAsked() throws Exception {
    backend.on("GET /api/v2/user-stories/j1", 200, "{\"job\": {\"state\": \"succeeded\"}}");
    changes.add(Optional.empty());

    assertEquals("succeeded", follow().state());
  }

  @Test
  void givesUpInTimeAndSaysWhatItWaitedFor() throws Exception {
    for (int i = 0; i < 400; i++) {
      changes.add(value("{'state': 'running', 'step': 'clip.0@1'}"));
    }

    var problem = assertThrows(PartException.class, this::follow);

    var message = String.valueOf(problem.getMessage());
    assertTrue(message.contains("10 min"), message);
    assertTrue(message.contains("bringing the pictures to life"), message);
  }

  @Test
  void aRefusedListenerIsAnError() {
    changes.add(Optional.of(new Heard.Over("to listen was refused: permission_denied")));

    var problem = assertThrows(PartException.class, this::follow);

    assertTrue(String.valueOf(problem.getMessage()).contains("permission_denied"));
  }

  private static Optional<Heard> value(String json) throws JsonProcessingException {
    return Optional.of(new Heard.Value(HttpCalls.JSON.readTree(json.replace('\'', '"'))));
  }
}
