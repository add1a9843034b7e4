package app.infinitestories.local.tasks;

import static io.grpc.MethodDescriptor.MethodType.UNARY;

import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.Ports;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.DeleteTaskRequest;
import com.google.cloud.tasks.v2.GetQueueRequest;
import com.google.cloud.tasks.v2.GetTaskRequest;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Tasks on this machine: schedule times, retries with back-off, dispatch deadlines, bounded
 * concurrency, and names that cannot be used again for an hour. Tasks are lost when it is stopped.
 */
public final class TasksStandIn implements Part {
  private static final String NAME = "tasks";
  private static final String SERVICE = "google.cloud.tasks.v2.CloudTasks";

  private final String project;
  private final String location;
  private final Map<String, QueueSettings> queues;
  private final Clock clock;
  private int port;
  private volatile @Nullable Running running;

  private record Running(
      Server server,
      ScheduledExecutorService timer,
      ExecutorService workers,
      Map<String, TaskQueueRunner> runners) {}

  /**
   * @param queues the queues that exist, by their short names
   */
  public TasksStandIn(
      int port, String project, String location, Map<String, QueueSettings> queues, Clock clock) {
    this.port = port;
    this.project = project;
    this.location = location;
    this.queues = Map.copyOf(queues);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public URI address() {
    if (port == Ports.ANY) {
      throw new IllegalStateException("The tasks stand-in was not started yet");
    }
    return URI.create("http://" + Ports.LOOPBACK + ":" + port);
  }

  @Override
  public synchronized void start() {
    if (running != null) {
      return;
    }
    port = Ports.claim(NAME, port);
    var timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    var workers = Executors.newVirtualThreadPerTaskExecutor();
    var dispatcher = new TaskDispatcher(clock);
    var runners = new ConcurrentHashMap<String, TaskQueueRunner>();
    queues.forEach((queue, settings) ->
        runners.put(
            "projects/%s/locations/%s/queues/%s".formatted(project, location, queue),
            new TaskQueueRunner(settings, dispatcher, clock, timer, workers)));
    var address = new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), port);
    var server =
        NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
            .executor(workers)
            .addService(service(runners))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running = new Running(server, timer, workers, runners);
  }

  @Override
  public synchronized void stop() {
    var now = running;
    if (now != null) {
      now.server().shutdownNow();
      now.runners().values().forEach(TaskQueueRunner::close);
      now.timer().shutdownNow();
      now.workers().shutdownNow();
      running = null;
    }
  }

  @Override
  public boolean running() {
    return running != null;
  }

  /** How many tasks of a queue wait or run. */
  public int open(String queue) {
    var now = running;
    if (now == null) {
      throw new IllegalStateException("The tasks stand-in is not running");
    }
    var name = "projects/%s/locations/%s/queues/%s".formatted(project, location, queue);
    return runner(now.runners(), name).list().size();
  }

  private ServerServiceDefinition service(Map<String, TaskQueueRunner> runners) {
    var service = ServerServiceDefinition.builder(SERVICE);
    add(
        service,
        "CreateTask",
        CreateTaskRequest.getDefaultInstance(),
        Task.getDefaultInstance(),
        request -> create(runners, request));
    add(
        service,
        "GetTask",
        GetTaskRequest.getDefaultInstance(),
        Task.getDefaultInstance(),
        request ->
            runner(runners, queueOf(request.getName()))
                .find(request.getName())
                .orElseThrow(() -> notFound("The task " + request.getName())));
    add(
        service,
        "DeleteTask",
        DeleteTaskRequest.getDefaultInstance(),
        Empty.getDefaultInstance(),
        request -> {
          if (!runner(runners, queueOf(request.getName())).delete(request.getName())) {
            throw notFound("The task " + request.getName());
          }
          return Empty.getDefaultInstance();
        });
    add(
        service,
        "ListTasks",
        ListTasksRequest.getDefaultInstance(),
        ListTasksResponse.getDefaultInstance(),
        request ->
            ListTasksResponse.newBuilder()
                .addAllTasks(runner(runners, request.getParent()).list())
                .build());
    add(
        service,
        "GetQueue",
        GetQueueRequest.getDefaultInstance(),
        Queue.getDefaultInstance(),
        request -> {
          var _ = runner(runners, request.getName());
          return Queue.newBuilder()
              .setName(request.getName())
              .setState(Queue.State.RUNNING)
              .build();
        });
    return service.build();
  }

  private Task create(Map<String, TaskQueueRunner> runners, CreateTaskRequest request) {
    var queue = runner(runners, request.getParent());
    var now = clock.instant();
    TaskChecks.check(request.getParent(), request.getTask(), now);
    var task =
        request.getTask().toBuilder().setCreateTime(Timestamps.fromMillis(now.toEpochMilli()));
    if (!task.hasScheduleTime()) {
      task.setScheduleTime(task.getCreateTime());
    }
    if (task.getName().isEmpty()) {
      task.setName(request.getParent() + "/tasks/" + UUID.randomUUID().toString().replace("-", ""));
    }
    var due = Instant.ofEpochMilli(Timestamps.toMillis(task.getScheduleTime()));
    if (!queue.add(task.build(), due)) {
      throw Status.ALREADY_EXISTS
          .withDescription(
              "The task cannot be created because a task with this name existed too" + " recently.")
          .asRuntimeException();
    }
    return task.build();
  }

  private static TaskQueueRunner runner(Map<String, TaskQueueRunner> runners, String queue) {
    var runner = runners.get(queue);
    if (runner == null) {
      throw notFound("The queue " + queue);
    }
    return runner;
  }

  private static String queueOf(String task) {
    int end = task.indexOf("/tasks/");
    if (end < 0) {
      throw TaskChecks.invalid("Not a task's name: " + task);
    }
    return task.substring(0, end);
  }

  private static StatusRuntimeException notFound(String what) {
    return Status.NOT_FOUND.withDescription(what + " does not exist.").asRuntimeException();
  }

  private static <I extends Message, O extends Message> void add(
      ServerServiceDefinition.Builder service,
      String method,
      I request,
      O answer,
      Function<I, O> handler) {
    var descriptor =
        MethodDescriptor.newBuilder(ProtoUtils.marshaller(request), ProtoUtils.marshaller(answer))
            .setType(UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, method))
            .build();
    service.addMethod(
        descriptor,
        ServerCalls.<I, O>asyncUnaryCall((in, out) -> {
          O result;
          try {
            result = handler.apply(in);
          } catch (StatusRuntimeException refused) {
            out.onError(refused);
            return;
          }
          out.onNext(result);
          out.onCompleted();
        }));
  }
}
