package app.infinitestories.local.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.scheduler.SchedulerStandIn.Outcome;
import app.infinitestories.local.scheduler.SchedulerStandIn.ScheduledJob;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerStandInTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private final BlockingQueue<Headers> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer function;

  @BeforeEach
  void startFunction() throws Exception {
    function =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), 0), 0);
    function.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    function.createContext(
        "/",
        exchange -> {
          try (exchange) {
            calls.add(exchange.getRequestHeaders());
            if (exchange.getRequestURI().getPath().equals("/slow")) {
              release.await();
            }
            exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().equals("/broken") ? 500 : 200, -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    function.start();
  }

  @AfterEach
  void stopFunction() {
    function.stop(0);
  }

  @Test
  void aJobIsPostedAtItsInterval() throws Exception {
    try (var scheduler = scheduler(job("sync", "/", Duration.ofMillis(20)))) {
      scheduler.start();

      var call = calls.poll(20, TimeUnit.SECONDS);

      assertNotNull(call);
      assertEquals("sync", call.getFirst("X-CloudScheduler-JobName"));
      assertEquals("true", call.getFirst("X-CloudScheduler"));
      assertNotNull(calls.poll(20, TimeUnit.SECONDS), "a second tick");
    }
  }

  @Test
  void aRunThatIsStillOnIsNotOverlapped() throws Exception {
    try (var scheduler = scheduler(job("slow", "/slow", NEVER))) {
      scheduler.start();
      var first = CompletableFuture.supplyAsync(() -> scheduler.run("slow"));
      assertNotNull(calls.poll(20, TimeUnit.SECONDS));

      var second = scheduler.run("slow");
      release.countDown();

      assertEquals(Optional.of(Outcome.STILL_RUNNING), second);
      assertEquals(Optional.of(Outcome.SUCCEEDED), first.get());
      assertTrue(calls.isEmpty());
    }
  }

  @Test
  void aFailureIsSaidAndTheNextRunGoesOn() {
    try (var scheduler = scheduler(job("broken", "/broken", NEVER))) {
      scheduler.start();

      assertEquals(Optional.of(Outcome.FAILED), scheduler.run("broken"));
      assertEquals(Optional.of(Outcome.FAILED), scheduler.run("broken"));
      assertEquals(Optional.empty(), scheduler.run("unknown"));
    }
  }

  @Test
  void aJobRunsWhenItsAddressIsPosted() throws Exception {
    try (var scheduler = scheduler(job("sync", "/", NEVER))) {
      scheduler.start();

      var run = post(scheduler.address().resolve("/jobs/sync:run"));

      assertEquals("200 {\"outcome\":\"SUCCEEDED\"}", run);
      assertEquals(
          "404 {\"outcome\":\"UNKNOWN_JOB\"}",
          post(scheduler.address().resolve("/jobs/other:run")));
    }
  }

  @Test
  void aTargetThatSleepsIsWokenFirst() {
    var woken = new AtomicInteger();
    ScheduledJob seldom = job("seldom", "/", NEVER).withWakeUp(woken::incrementAndGet);

    try (var scheduler = scheduler(seldom)) {
      scheduler.start();
      assertEquals(0, woken.get());

      assertEquals(Optional.of(Outcome.SUCCEEDED), scheduler.run("seldom"));

      assertEquals(1, woken.get());
    }
  }

  @Test
  void aTargetThatDoesNotWakeUpFails() {
    ScheduledJob dead =
        job("dead", "/", NEVER)
            .withWakeUp(() -> {
              throw new PartException("does not come up");
            });

    try (var scheduler = scheduler(dead)) {
      scheduler.start();

      assertEquals(Optional.of(Outcome.FAILED), scheduler.run("dead"));
      assertTrue(calls.isEmpty());
    }
  }

  private static String post(URI uri) throws Exception {
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private ScheduledJob job(String name, String path, Duration every) {
    var target =
        URI.create("http://" + Ports.LOOPBACK + ":" + function.getAddress().getPort() + path);
    return new ScheduledJob(name, target, every, Duration.ofMinutes(1));
  }

  private static SchedulerStandIn scheduler(ScheduledJob job) {
    return new SchedulerStandIn(Ports.ANY, List.of(job), Clock.systemUTC());
  }
}
