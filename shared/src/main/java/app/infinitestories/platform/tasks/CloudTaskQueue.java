package app.infinitestories.platform.tasks;

import app.infinitestories.platform.config.CloudConfig;
import app.infinitestories.platform.json.Json;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.QueueName;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.TaskName;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@link TaskQueue} on google-cloud-tasks. */
public final class CloudTaskQueue implements TaskQueue, AutoCloseable {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private final CloudTasksClient client;
  private final Optional<ManagedChannel> channel;
  private final String projectId;
  private final String location;
  private final Optional<String> invoker;

  private CloudTaskQueue(
      CloudTasksClient client,
      Optional<ManagedChannel> channel,
      CloudConfig cloud,
      Optional<String> invoker) {
    this.client = client;
    this.channel = channel;
    this.projectId = cloud.projectId();
    this.location = cloud.tasksLocation();
    this.invoker = invoker;
  }

  /**
   * Opens the service.
   *
   * @param invoker e-mail of the service account whose OIDC token opens the worker functions
   * @throws IOException when the credentials cannot be read
   */
  public static CloudTaskQueue open(CloudConfig cloud, Optional<String> invoker)
      throws IOException {
    return open(cloud, invoker, CALL_TIMEOUT);
  }

  /** The same with another patience for each call. */
  static CloudTaskQueue open(CloudConfig cloud, Optional<String> invoker, Duration timeout)
      throws IOException {
    var settings = CloudTasksSettings.newBuilder();
    settings.createTaskSettings().setSimpleTimeoutNoRetriesDuration(timeout);
    settings.getQueueSettings().setSimpleTimeoutNoRetriesDuration(timeout);
    Optional<ManagedChannel> channel =
        cloud
            .tasksEmulatorHost()
            .map(host -> ManagedChannelBuilder.forTarget(host).usePlaintext().build());
    channel.ifPresent(plain ->
        settings
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setTransportChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(plain))));
    return new CloudTaskQueue(CloudTasksClient.create(settings.build()), channel, cloud, invoker);
  }

  @Override
  public boolean enqueue(Work work) {
    var request =
        HttpRequest.newBuilder()
            .setUrl(work.target().toString())
            .setHttpMethod(HttpMethod.POST)
            .putHeaders("Content-Type", "application/json")
            .setBody(ByteString.copyFromUtf8(Json.write(work.body())));
    invoker.ifPresent(email ->
        request.setOidcToken(
            OidcToken.newBuilder()
                .setServiceAccountEmail(email)
                .setAudience(work.target().toString())));
    var task =
        Task.newBuilder()
            .setName(TaskName.of(projectId, location, work.queue(), work.name()).toString())
            .setScheduleTime(timestamp(work.at()))
            .setDispatchDeadline(
                com.google.protobuf.Duration.newBuilder().setSeconds(work.deadline().toSeconds()))
            .setHttpRequest(request);
    try {
      client.createTask(
          CreateTaskRequest.newBuilder()
              .setParent(QueueName.of(projectId, location, work.queue()).toString())
              .setTask(task)
              .build());
      return true;
    } catch (AlreadyExistsException e) {
      return false;
    }
  }

  private static Timestamp timestamp(Instant at) {
    long seconds = at.getEpochSecond();
    return Timestamp.newBuilder().setSeconds(seconds).setNanos(at.getNano()).build();
  }

  @Override
  public void probe(String queue) {
    client.getQueue(QueueName.of(projectId, location, queue));
  }

  @Override
  public void close() {
    client.close();
    channel.ifPresent(ManagedChannel::shutdownNow); // the client closes only what it opened
  }
}
