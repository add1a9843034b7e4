package app.infinitestories.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@FirestoreTest
class SlidingRateLimiterTest {
  private static final RateLimit DOOR = RateLimit.REGISTRATION;

  private final Firestore firestore;
  private final SetClock clock = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));
  private String caller = "user:u";

  SlidingRateLimiterTest(Firestore firestore) {
    this.firestore = firestore;
  }

  @BeforeEach
  void nobodyYet() {
    caller = "user:" + System.nanoTime();
  }

  private RateLimiter instance(double factor) {
    return new SlidingRateLimiter(
        factor, () -> firestore, clock, () -> UUID.randomUUID().toString());
  }

  private static Allowance charge(RateLimiter limiter, RateLimit limit, String caller) {
    return limiter.charge(limit, "GET /x", caller).orElseThrow();
  }

  @Test
  void countsADoorAcrossInstances() {
    RateLimiter one = instance(1);
    RateLimiter other = instance(1);

    for (int left = 9; left >= 0; left--) {
      assertEquals(left, charge(left % 2 == 0 ? one : other, DOOR, caller).remaining());
    }

    assertFalse(charge(one, DOOR, caller).granted());
    assertFalse(charge(other, DOOR, caller).granted());
    assertTrue(charge(one, DOOR, caller + "x").granted());
  }

  @Test
  void opensADoorAgainWhenTheOldestAttemptIsAnHourOld() {
    RateLimiter limiter = instance(1);
    charge(limiter, DOOR, caller);
    clock.add(Duration.ofMinutes(10));
    for (int i = 0; i < 9; i++) {
      charge(limiter, DOOR, caller);
    }

    Allowance refused = charge(limiter, DOOR, caller);
    clock.add(refused.untilReset().minusMillis(1));
    boolean early = charge(limiter, DOOR, caller).granted();
    clock.add(Duration.ofMillis(1));
    boolean inTime = charge(limiter, DOOR, caller).granted();

    assertEquals(3000, refused.resetSeconds());
    assertFalse(early);
    assertTrue(inTime);
  }

  @Test
  void remembersARefusalWithoutAskingTheStore() {
    RateLimiter limiter = instance(0.1);
    charge(limiter, DOOR, caller);
    Allowance first = charge(limiter, DOOR, caller);
    clock.add(Duration.ofMinutes(1));

    var later = charge(limiter, DOOR, caller);

    assertEquals(1, first.limit());
    assertEquals(3600, first.resetSeconds());
    assertEquals(3540, later.resetSeconds());
  }

  @Test
  void keepsTheTimesAndWhenToForgetThemUnderAHashOfTheCaller() throws Exception {
    charge(instance(1), DOOR, caller);

    var document =
        firestore.document("rateLimits/registration:" + Hashes.sha256(caller)).get().get();

    List<?> at = assertInstanceOf(List.class, document.get("at"));
    Timestamp only = assertInstanceOf(Timestamp.class, at.getFirst());
    Timestamp expiry = assertInstanceOf(Timestamp.class, document.get("expiresAt"));
    assertEquals(1, at.size());
    assertEquals(3600, expiry.getSeconds() - only.getSeconds());
  }

  @Test
  void grantsExactlyTheLimitToManyAtOnce() throws Exception {
    List<RateLimiter> instances = List.of(instance(1), instance(1), instance(1));
    List<Callable<Allowance>> attempts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RateLimiter limiter = instances.get(i % 3);
      attempts.add(() -> charge(limiter, DOOR, caller));
    }

    int granted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Allowance> attempt : threads.invokeAll(attempts)) {
        granted += attempt.get().granted() ? 1 : 0;
      }
    }

    assertEquals(10, granted);
  }

  @Test
  void keepsDoorsShutAndLetsReadsPassWhileTheStoreIsSilent() throws Exception {
    int nobodyListens;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobodyListens = socket.getLocalPort();
    }
    Firestore silent =
        FirestoreOptions.newBuilder()
            .setProjectId("demo-silent")
            .setEmulatorHost("127.0.0.1:" + nobodyListens)
            .build()
            .getService();
    try {
      RateLimiter limiter =
          new SlidingRateLimiter(1, () -> silent, clock, () -> UUID.randomUUID().toString());

      var refused = assertThrows(Failure.Unavailable.class, () -> charge(limiter, DOOR, caller));

      assertEquals(Optional.of(Duration.ofSeconds(5)), refused.retryAfter());
      assertTrue(charge(limiter, RateLimit.READS, caller).granted());
    } finally {
      silent.shutdownNow();
    }
  }

  @Test
  void countsEverydayRequestsByRouteAndCaller() {
    RateLimiter limiter = instance(1);
    for (int i = 0; i < 20; i++) {
      assertTrue(limiter.charge(RateLimit.WRITES, "PUT /a", caller).orElseThrow().granted());
    }

    assertFalse(limiter.charge(RateLimit.WRITES, "PUT /a", caller).orElseThrow().granted());
    assertTrue(limiter.charge(RateLimit.WRITES, "PUT /b", caller).orElseThrow().granted());
    assertTrue(limiter.charge(RateLimit.WRITES, "PUT /a", "user:v").orElseThrow().granted());
    clock.add(Duration.ofMinutes(1));
    assertTrue(limiter.charge(RateLimit.WRITES, "PUT /a", caller).orElseThrow().granted());
  }

  @Test
  void leavesToTheAcceptingBatchWhatOnlyAcceptedRequestsPay() {
    assertEquals(
        Optional.empty(), instance(1).charge(RateLimit.STORY_GENERATION, "POST /a", caller));
  }

  @Test
  void scalesEveryLimit() {
    assertEquals(1000, instance(100).limitOf(RateLimit.STORY_GENERATION));
    assertEquals(1, instance(0.001).limitOf(RateLimit.READS));
    assertThrows(IllegalArgumentException.class, () -> instance(0));
    assertThrows(IllegalArgumentException.class, () -> instance(Double.NaN));
  }
}
