package app.infinitestories.local.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.Ports;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.QueueName;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.TaskName;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drives the stand-in with the real client library, and receives as a function would. */
class TasksStandInTest {
  private static final String PROJECT = "demo-tasks";
  private static final String LOCATION = "europe-west1";
  private static final QueueSettings QUICK =
      new QueueSettings(2, 3, Duration.ofMillis(10), Duration.ofMillis(40), 2);
  private static final TasksStandIn stand =
      new TasksStandIn(Ports.ANY, PROJECT, LOCATION, Map.of("work", QUICK), Clock.systemUTC());
  private static ManagedChannel channel;
  private static CloudTasksClient client;

  private record Received(Map<String, String> headers, String body) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ArrayDeque<>();
  private HttpServer function;

  @BeforeAll
  static void startStandIn() throws Exception {
    stand.start();
    channel = ManagedChannelBuilder.forTarget(stand.host()).usePlaintext().build();
    client =
        CloudTasksClient.create(
            CloudTasksSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(
                    FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .build());
  }

  @AfterAll
  static void stopStandIn() {
    client.close();
    channel.shutdownNow();
    stand.stop();
  }

  @BeforeEach
  void startFunction() throws Exception {
    function =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), 0), 0);
    function.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    function.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, v) -> headers.put(name, v.getFirst()));
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Integer answer;
            synchronized (answers) {
              answer = answers.poll();
            }
            exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
            received.add(new Received(headers, body));
          }
        });
    function.start();
  }

  @AfterEach
  void stopFunction() {
    function.stop(0);
  }

  @Test
  void aTaskReachesTheFunctionWithTheServicesHeaders() throws Exception {
    var request =
        request("/work")
            .putHeaders("Content-Type", "application/json")
            .putHeaders("X-CloudTasks-TaskName", "made-up")
            .setBody(ByteString.copyFromUtf8("{\"jobId\":\"one\"}"))
            .setOidcToken(OidcToken.newBuilder().setServiceAccountEmail("a@example.com"));

    client.createTask(
        queue(), Task.newBuilder().setName(name("first")).setHttpRequest(request).build());

    var got = next();
    assertEquals("{\"jobId\":\"one\"}", got.body());
    assertEquals("application/json", got.headers().get("Content-type"));
    assertEquals("first", got.headers().get("X-cloudtasks-taskname"));
    assertEquals("work", got.headers().get("X-cloudtasks-queuename"));
    assertEquals("0", got.headers().get("X-cloudtasks-taskretrycount"));
    assertTrue(String.valueOf(got.headers().get("Authorization")).startsWith("Bearer "));
  }

  @Test
  void aFailedTaskIsSentAgainUntilItsAttemptsAreUsed() throws Exception {
    answers.addAll(java.util.List.of(500, 503, 500, 200));

    client.createTask(queue(), task("retried"));

    assertEquals("0", next().headers().get("X-cloudtasks-taskretrycount"));
    var second = next();
    assertEquals("1", second.headers().get("X-cloudtasks-taskretrycount"));
    assertEquals("500", second.headers().get("X-cloudtasks-taskpreviousresponse"));
    assertEquals("2", next().headers().get("X-cloudtasks-taskretrycount"));
    assertNull(received.poll(200, TimeUnit.MILLISECONDS), "a fourth attempt");
  }

  @Test
  void aUsedNameIsRefused() throws Exception {
    client.createTask(queue(), task("once"));
    assertNotNull(next());

    assertThrows(AlreadyExistsException.class, () -> client.createTask(queue(), task("once")));
  }

  @Test
  void aTaskWaitsForItsTimeAndCanBeDeletedUntilThen() {
    var later = Instant.now(Clock.systemUTC()).plusSeconds(600);
    var waiting =
        client.createTask(
            queue(),
            task("later").toBuilder()
                .setScheduleTime(Timestamp.newBuilder().setSeconds(later.getEpochSecond()))
                .build());

    assertEquals(
        "/work",
        java.net.URI.create(client.getTask(waiting.getName()).getHttpRequest().getUrl()).getPath());
    client.deleteTask(waiting.getName());

    assertThrows(NotFoundException.class, () -> client.getTask(waiting.getName()));
    assertThrows(AlreadyExistsException.class, () -> client.createTask(queue(), task("later")));
    assertTrue(received.isEmpty());
  }

  @Test
  void noMoreThanTheLimitRunAtOnce() throws Exception {
    var release = new CountDownLatch(1);
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    var started = new CountDownLatch(2);
    function.createContext(
        "/slow",
        exchange -> {
          try (exchange) {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            started.countDown();
            release.await();
            atOnce.decrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            received.add(new Received(Map.of(), ""));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    for (int i = 0; i < 5; i++) {
      client.createTask(queue(), Task.newBuilder().setHttpRequest(request("/slow")).build());
    }
    assertTrue(started.await(10, TimeUnit.SECONDS));
    assertEquals(5, stand.open("work"));

    release.countDown();

    for (int i = 0; i < 5; i++) {
      assertNotNull(next());
    }
    assertEquals(2, most.get());
  }

  @Test
  void whatTheServiceRefusesIsRefused() {
    assertThrows(
        NotFoundException.class,
        () -> client.createTask(QueueName.of(PROJECT, LOCATION, "other"), task("x")));
    assertThrows(
        NotFoundException.class, () -> client.getQueue(QueueName.of(PROJECT, "us", "work")));
    assertRefused(task("x").toBuilder().setName(name("with space")).build());
    assertRefused(Task.newBuilder().setName(name("empty")).build());
    assertRefused(
        task("x").toBuilder()
            .setDispatchDeadline(com.google.protobuf.Duration.newBuilder().setSeconds(1_801))
            .build());
    assertRefused(
        task("x").toBuilder().setHttpRequest(request("/").setUrl("ftp://example.com")).build());
    assertRefused(
        task("x").toBuilder()
            .setHttpRequest(request("/").setBody(ByteString.copyFrom(new byte[200_000])))
            .build());
    assertRefused(
        task("x").toBuilder()
            .setScheduleTime(
                Timestamp.newBuilder()
                    .setSeconds(
                        Instant.now(Clock.systemUTC()).plus(Duration.ofDays(31)).getEpochSecond()))
            .build());
  }

  @Test
  void theQueueAnswers() {
    assertEquals(
        com.google.cloud.tasks.v2.Queue.State.RUNNING, client.getQueue(queue()).getState());
  }

  @Test
  void pausesDoubleThenGrowEvenlyUpToTheLongest() {
    var settings = new QueueSettings(1, 0, Duration.ofSeconds(1), Duration.ofSeconds(30), 3);

    assertEquals(Duration.ofSeconds(1), settings.backoff(1));
    assertEquals(Duration.ofSeconds(2), settings.backoff(2));
    assertEquals(Duration.ofSeconds(4), settings.backoff(3));
    assertEquals(Duration.ofSeconds(8), settings.backoff(4));
    assertEquals(Duration.ofSeconds(16), settings.backoff(5));
    assertEquals(Duration.ofSeconds(24), settings.backoff(6));
    assertEquals(Duration.ofSeconds(30), settings.backoff(7));
  }

  private static void assertRefused(Task task) {
    assertThrows(InvalidArgumentException.class, () -> client.createTask(queue(), task));
  }

  private Received next() throws InterruptedException {
    var got = received.poll(20, TimeUnit.SECONDS);
    assertNotNull(got, "no task came");
    return got;
  }

  private Task task(String name) {
    return Task.newBuilder().setName(name(name)).setHttpRequest(request("/work")).build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder()
        .setUrl("http://" + Ports.LOOPBACK + ":" + function.getAddress().getPort() + path);
  }

  private static QueueName queue() {
    return QueueName.of(PROJECT, LOCATION, "work");
  }

  private static String name(String id) {
    return TaskName.of(PROJECT, LOCATION, "work", id).toString();
  }
}
