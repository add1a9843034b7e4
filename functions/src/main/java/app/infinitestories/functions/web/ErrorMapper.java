package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import java.time.Duration;
import java.util.Map;

/** The one place that turns a failure into an answer. */
final class ErrorMapper {
  private ErrorMapper() {}

  /** The body of every error. */
  record ErrorBody(String error, String code, Map<String, Object> details) {}

  static Outgoing answer(Failure failure) {
    Outgoing answer = answer(failure.code(), failure.sentence(), failure.details());
    failure
        .retryAfter()
        .ifPresent(wait -> answer.headers().put("Retry-After", Long.toString(seconds(wait))));
    switch (failure) {
      case Failure.MethodNotAllowed wrong ->
          answer.headers().put("Allow", String.join(", ", wrong.allowed()));
      case Failure.Replayed again -> answer.headers().put("Idempotent-Replayed", "true");
      case Failure.Unauthenticated nobody -> answer.headers().put("WWW-Authenticate", "Bearer");
      default -> {}
    }
    return answer;
  }

  /** A fault of ours: the client learns nothing but that; the log knows more by request id. */
  static Outgoing internal() {
    return answer(
        FailureCode.INTERNAL, "Something went wrong on our side. It has been noted.", Map.of());
  }

  private static Outgoing answer(FailureCode code, String sentence, Map<String, Object> details) {
    return Outgoing.json(
        code.status(), AnswerJson.write(new ErrorBody(sentence, code.name(), details)));
  }

  /** Rounded up, at least one: waiting that long must be enough. */
  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }
}
