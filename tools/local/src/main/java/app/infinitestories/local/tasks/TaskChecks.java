package app.infinitestories.local.tasks;

import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/** The service's own limits on a task. */
final class TaskChecks {
  private static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9_-]{1,500}");
  private static final Duration FARTHEST = Duration.ofDays(30);
  private static final int MAX_BYTES = 100 * 1024;
  private static final long MIN_DEADLINE_SECONDS = 15;
  private static final long MAX_DEADLINE_SECONDS = 1_800;
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.HTTP_METHOD_UNSPECIFIED, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private TaskChecks() {}

  /**
   * @throws StatusRuntimeException INVALID_ARGUMENT with the reason
   */
  static void check(String queue, Task task, Instant now) {
    if (!task.getName().isEmpty()) {
      var prefix = queue + "/tasks/";
      if (!task.getName().startsWith(prefix)) {
        throw invalid(
            "The queue name from request ('"
                + queue
                + "') must be the same as the queue"
                + " name in the named task ('"
                + task.getName()
                + "').");
      }
      if (!TASK_ID.matcher(task.getName().substring(prefix.length())).matches()) {
        throw invalid(
            "Task ID can contain only letters, numbers, hyphens and underscores, up to"
                + " 500: "
                + task.getName());
      }
    }
    if (!task.hasHttpRequest()) {
      throw invalid("Task.http_request must be set; App Engine tasks are not known here.");
    }
    var request = task.getHttpRequest();
    if (!isHttp(request.getUrl())) {
      throw invalid("HttpRequest.url must start with 'http://' or 'https://'.");
    }
    if (!request.getBody().isEmpty() && !WITH_BODY.contains(request.getHttpMethod())) {
      throw invalid("HTTP body is not allowed for method " + request.getHttpMethod());
    }
    if (task.getSerializedSize() > MAX_BYTES) {
      throw invalid("Task size too large: " + task.getSerializedSize());
    }
    var latest = now.plus(FARTHEST).toEpochMilli();
    if (task.hasScheduleTime() && Timestamps.toMillis(task.getScheduleTime()) > latest) {
      throw invalid("Task.schedule_time is too far in the future, by more than 30 days.");
    }
    long deadline = task.getDispatchDeadline().getSeconds();
    if (task.hasDispatchDeadline()
        && (deadline < MIN_DEADLINE_SECONDS || deadline > MAX_DEADLINE_SECONDS)) {
      throw invalid("The dispatch deadline must be between [15s, 30m].");
    }
  }

  private static boolean isHttp(String url) {
    try {
      var uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }
}
