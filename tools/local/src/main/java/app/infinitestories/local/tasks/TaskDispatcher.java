package app.infinitestories.local.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/** Sends a task to its function as Cloud Tasks does, over HTTP/1.1. */
final class TaskDispatcher {
  private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Clock clock;

  TaskDispatcher(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param text the HTTP status, or why there was none
   */
  record Answer(boolean success, String text) {}

  Answer dispatch(Task task, int failures, String lastAnswer) {
    var wanted = task.getHttpRequest();
    var path = task.getName().split("/", -1);
    var deadline =
        task.hasDispatchDeadline()
            ? Duration.ofSeconds(task.getDispatchDeadline().getSeconds())
            : DEFAULT_DEADLINE;
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create(wanted.getUrl())).timeout(deadline);
    if (wanted.getHeadersMap().keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/octet-stream");
    }
    wanted
        .getHeadersMap()
        .forEach((name, value) -> {
          if (!reserved(name)) {
            request.setHeader(name, value);
          }
        });
    request
        .setHeader("User-Agent", "Google-Cloud-Tasks")
        .setHeader("X-CloudTasks-QueueName", path[5])
        .setHeader("X-CloudTasks-TaskName", path[7])
        .setHeader("X-CloudTasks-TaskRetryCount", Integer.toString(failures))
        .setHeader("X-CloudTasks-TaskExecutionCount", Integer.toString(failures))
        .setHeader("X-CloudTasks-TaskETA", eta(task));
    if (!lastAnswer.isEmpty()) {
      request.setHeader("X-CloudTasks-TaskPreviousResponse", lastAnswer);
    }
    if (wanted.hasOidcToken()) {
      request.setHeader("Authorization", "Bearer " + sampleToken(wanted));
    }
    var method = wanted.getHttpMethod().getNumber() == 0 ? "POST" : wanted.getHttpMethod().name();
    request.method(
        method,
        wanted.getBody().isEmpty()
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(wanted.getBody().toByteArray()));
    try {
      int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
      return new Answer(status >= 200 && status < 300, Integer.toString(status));
    } catch (IOException e) {
      return new Answer(false, e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(false, "interrupted");
    }
  }

  /** Headers that the service sets itself, whatever a task says. */
  private static boolean reserved(String header) {
    var lower = header.toLowerCase(Locale.ROOT);
    return lower.startsWith("x-cloudtasks-")
        || lower.startsWith("x-google-")
        || lower.equals("host")
        || lower.equals("content-length");
  }

  private static String eta(Task task) {
    long millis = Timestamps.toMillis(task.getScheduleTime());
    return "%d.%06d".formatted(millis / 1_000, millis % 1_000 * 1_000);
  }

  /** An ID token in the service's form, but unsigned: nothing on this machine may trust it. */
  private String sampleToken(HttpRequest request) {
    var oidc = request.getOidcToken();
    var audience = oidc.getAudience().isEmpty() ? request.getUrl() : oidc.getAudience();
    long now = clock.instant().getEpochSecond();
    var claims =
        "{\"iss\":\"https://accounts.google.com\",\"aud\":\"%s\",\"email\":\"%s\",\"email_verified\":true,\"iat\":%d,\"exp\":%d}"
            .formatted(audience, oidc.getServiceAccountEmail(), now, now + 3_600);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(UTF_8))
        + ".";
  }
}
