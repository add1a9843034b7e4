package app.infinitestories.platform.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.Ports;
import app.infinitestories.local.tasks.QueueSettings;
import app.infinitestories.local.tasks.TasksStandIn;
import app.infinitestories.platform.config.CloudConfig;
import app.infinitestories.platform.config.Environment;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.TaskName;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The queue over the real client library, and what arrives at a function. */
class CloudTaskQueueTest {
  private static final String PROJECT = "demo-queue";
  private static final String LOCATION = "europe-west1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final TasksStandIn TASKS =
      new TasksStandIn(
          Ports.ANY,
          PROJECT,
          LOCATION,
          Map.of("work", QueueSettings.DEFAULT, "wake", QueueSettings.DEFAULT),
          Clock.systemUTC());
  private static final BlockingQueue<Arrived> ARRIVED = new LinkedBlockingQueue<>();
  private static HttpServer function;

  private record Arrived(String method, String type, @Nullable String authorization, String body) {}

  @BeforeAll
  static void start() throws IOException {
    TASKS.start();
    function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    function.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = exchange.getRequestHeaders();
            ARRIVED.add(
                new Arrived(
                    exchange.getRequestMethod(),
                    headers.getFirst("Content-Type"),
                    headers.getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    function.start();
  }

  @AfterAll
  static void stop() {
    function.stop(0);
    TASKS.stop();
  }

  @Test
  void workArrivesAsJsonInTheNameOfTheInvoker() throws Exception {
    try (var queue = queue(TASKS.host(), Optional.of("worker@example.com"))) {
      assertTrue(queue.enqueue(work("wake", "first", Instant.now())));
    }

    var arrived = arrived();
    assertEquals("POST", arrived.method());
    assertEquals("application/json", arrived.type());
    assertEquals("{\"jobId\":\"j1\"}", arrived.body());
    assertTrue(String.valueOf(arrived.authorization()).startsWith("Bearer "));
  }

  @Test
  void withoutAnInvokerNoTokenIsSent() throws Exception {
    try (var queue = queue(TASKS.host(), Optional.empty())) {
      assertTrue(queue.enqueue(work("wake", "open", Instant.now())));
    }

    assertEquals(null, arrived().authorization());
  }

  @Test
  void aNameIsTakenOncePerQueue() throws Exception {
    try (var queue = queue(TASKS.host(), Optional.empty())) {
      var later = Instant.now().plus(Duration.ofHours(1));

      assertTrue(queue.enqueue(work("work", "once", later)));
      assertFalse(queue.enqueue(work("work", "once", later)));
      assertFalse(queue.enqueue(work("work", "once", later.plusSeconds(9))));
      assertTrue(queue.enqueue(work("wake", "once", later)));
    }
  }

  @Test
  void workWaitsForItsTimeAndHasItsDeadline() throws Exception {
    var later = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3_600, 250_000_000);
    try (var queue = queue(TASKS.host(), Optional.empty());
        var client = client()) {
      assertTrue(queue.enqueue(work("work", "later", later)));

      Task task = client.getTask(TaskName.of(PROJECT, LOCATION, "work", "later"));

      assertEquals(later.getEpochSecond(), task.getScheduleTime().getSeconds());
      assertEquals(later.getNano(), task.getScheduleTime().getNanos());
      assertEquals(600, task.getDispatchDeadline().getSeconds());
    }
  }

  @Test
  void aQueueThatIsNotThereIsToldByBothCalls() throws Exception {
    try (var queue = queue(TASKS.host(), Optional.empty())) {
      queue.probe("work");

      assertThrows(NotFoundException.class, () -> queue.probe("nowhere"));
      assertThrows(
          NotFoundException.class, () -> queue.enqueue(work("nowhere", "x", Instant.now())));
    }
  }

  @Test
  void whatTheServiceDoesNotTakeIsToldAndNotRepeated() throws Exception {
    try (var queue = queue(TASKS.host(), Optional.empty())) {
      var tooLong =
          new TaskQueue.Work(
              "work", "slow", target(), Map.of(), Instant.now(), Duration.ofMinutes(31));

      assertThrows(InvalidArgumentException.class, () -> queue.enqueue(tooLong));
      assertThrows(
          InvalidArgumentException.class, () -> queue.enqueue(work("work", "a b", Instant.now())));
    }
  }

  @Test
  void aServiceThatIsAwayIsUnavailable() throws Exception {
    int nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    try (var queue = queue("127.0.0.1:" + nobody, Optional.empty())) {
      assertThrows(
          UnavailableException.class, () -> queue.enqueue(work("work", "x", Instant.now())));
      assertThrows(UnavailableException.class, () -> queue.probe("work"));
    }
  }

  @Test
  void aServiceThatIsSilentIsGivenUpInTime() throws Exception {
    try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        var queue =
            CloudTaskQueue.open(
                config("127.0.0.1:" + silent.getLocalPort()),
                Optional.empty(),
                Duration.ofMillis(400))) {
      assertThrows(
          DeadlineExceededException.class, () -> queue.enqueue(work("work", "x", Instant.now())));
      assertThrows(DeadlineExceededException.class, () -> queue.probe("work"));
    }
  }

  private static Arrived arrived() throws InterruptedException {
    Arrived next = ARRIVED.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing arrived");
    }
    return next;
  }

  private static TaskQueue.Work work(String queue, String name, Instant at) {
    return new TaskQueue.Work(
        queue, name, target(), Map.of("jobId", "j1"), at, Duration.ofMinutes(10));
  }

  private static URI target() {
    return URI.create("http://127.0.0.1:" + function.getAddress().getPort() + "/work");
  }

  private static CloudTaskQueue queue(String host, Optional<String> invoker) throws IOException {
    return CloudTaskQueue.open(config(host), invoker);
  }

  private static CloudConfig config(String host) {
    var env =
        new Environment(
            Map.of(
                "ENVIRONMENT", "local",
                "GOOGLE_CLOUD_PROJECT", PROJECT,
                "TASKS_LOCATION", LOCATION,
                "CLOUD_TASKS_EMULATOR_HOST", host));
    CloudConfig config = CloudConfig.from(env);
    env.check();
    return config;
  }

  private static CloudTasksClient client() throws IOException {
    var channel = ManagedChannelBuilder.forTarget(TASKS.host()).usePlaintext().build();
    return CloudTasksClient.create(
        CloudTasksSettings.newBuilder()
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setTransportChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
            .build());
  }
}
