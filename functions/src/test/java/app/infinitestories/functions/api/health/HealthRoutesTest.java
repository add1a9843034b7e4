package app.infinitestories.functions.api.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.testkit.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SetClock clock = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicInteger asked = new AtomicInteger();

  private Readiness readiness(Duration patience, DependencyProbe... probes) {
    return new Readiness(
        List.of(probes),
        () -> List.of(new Readiness.Model("writer-1", LocalDate.of(2027, 1, 14))),
        patience,
        clock);
  }

  private DependencyProbe up(String name) {
    return new DependencyProbe(name, asked::incrementAndGet);
  }

  private static String statusOf(String name, Readiness.Report report) {
    var dependency = report.dependencies().get(name);
    return dependency == null ? "(not asked)" : dependency.status();
  }

  @Test
  void isReadyWhenEveryDependencyAnswers() {
    var report = readiness(LONG, up("firestore"), up("storage")).report();

    assertTrue(report.isReady());
    assertEquals("ok", report.status());
    assertEquals(List.of("firestore", "storage"), List.copyOf(report.dependencies().keySet()));
    assertEquals("ok", statusOf("storage", report));
    assertEquals("writer-1", report.models().getFirst().id());
  }

  @Test
  void namesTheOneThatFailsAndStillAsksTheOthers() {
    var broken =
        new DependencyProbe(
            "auth",
            () -> {
              throw new java.io.IOException("refused");
            });

    var report = readiness(LONG, up("firestore"), broken, up("tasks")).report();

    assertFalse(report.isReady());
    assertEquals("unavailable", report.status());
    assertEquals("unavailable", statusOf("auth", report));
    assertEquals("ok", statusOf("tasks", report));
  }

  @Test
  void doesNotWaitForEverForOneThatIsSilent() {
    var never = new CountDownLatch(1);

    var report =
        readiness(Duration.ofMillis(50), new DependencyProbe("realtimeDatabase", never::await))
            .report();

    assertEquals(
        new Readiness.Dependency("unavailable", 50), report.dependencies().get("realtimeDatabase"));
  }

  @Test
  void asksAllAtOnce() {
    // each waits for the other: one after the other they would never return
    var both = new CyclicBarrier(2);

    var report =
        readiness(
                LONG, new DependencyProbe("a", both::await), new DependencyProbe("b", both::await))
            .report();

    assertTrue(report.isReady());
  }

  @Test
  void keepsTheAnswerForFiveSeconds() {
    var readiness = readiness(LONG, up("firestore"));

    var first = readiness.report();
    clock.add(Duration.ofMillis(4999));
    assertSame(first, readiness.report());
    assertEquals(1, asked.get());

    clock.add(Duration.ofMillis(1));
    readiness.report();
    assertEquals(2, asked.get());
  }

  @Test
  void asksOnceForManyWhoAskAtOnce() throws Exception {
    var readiness = readiness(LONG, up("firestore"));
    List<Future<Readiness.Report>> reports = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        reports.add(threads.submit(readiness::report));
      }
    }
    for (var report : reports) {
      assertTrue(report.get().isReady());
    }
    assertEquals(1, asked.get());
  }
}
