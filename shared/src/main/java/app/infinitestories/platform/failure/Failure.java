package app.infinitestories.platform.failure;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the client may know about: a sentence for a person, a code for a program, details
 * for a form. Everything else that is thrown is a fault of ours and reaches the client as INTERNAL.
 */
public abstract sealed class Failure extends RuntimeException {
  private final FailureCode code;
  // transient: an exception is Serializable, its details need not be
  private final transient Map<String, Object> details;

  private Failure(
      FailureCode code, String sentence, Map<String, ?> details, @Nullable Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  private Failure(int status, FailureCode code, String sentence, Map<String, ?> details) {
    this(code, sentence, details, null);
    if (code.status() != status) {
      throw new IllegalArgumentException(code + " is not an answer with status " + status);
    }
  }

  /** What a program reads. */
  public final FailureCode code() {
    return code;
  }

  /** The sentence for a person; never holds a child's data or a provider's text. */
  public final String sentence() {
    return String.valueOf(getMessage());
  }

  /** What is wrong with which field, in the order found; possibly empty. */
  public final Map<String, Object> details() {
    return details;
  }

  /** How long the client should wait before it asks again, if waiting helps. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** 400: the request itself is wrong; details name every bad field. */
  public static final class BadInput extends Failure {
    public BadInput(Map<String, String> problemByField) {
      super(
          400,
          FailureCode.VALIDATION_FAILED,
          "Some fields of the request are wrong.",
          problemByField);
    }

    public BadInput(String field, String problem) {
      this(Map.of(field, problem));
    }

    private BadInput(String sentence) {
      super(400, FailureCode.MALFORMED_JSON, sentence, Map.of());
    }

    /** The body cannot be read as JSON at all. */
    public static BadInput malformed(String sentence) {
      return new BadInput(sentence);
    }
  }

  /** 401: nobody is signed in, or not with this. */
  public static final class Unauthenticated extends Failure {
    public Unauthenticated() {
      this(FailureCode.UNAUTHENTICATED, "Sign in first: the token is missing, wrong or expired.");
    }

    public Unauthenticated(FailureCode code, String sentence) {
      super(401, code, sentence, Map.of());
    }
  }

  /** 402: neither quota nor tokens, or no entitlement. */
  public static final class PaymentRequired extends Failure {
    private PaymentRequired(FailureCode code, String sentence, Map<String, ?> details) {
      super(402, code, sentence, details);
    }

    /** The balance is too small; both numbers are tokens. */
    public static PaymentRequired insufficientTokens(long needed, long available) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("needed", needed);
      details.put("available", available);
      return new PaymentRequired(
          FailureCode.INSUFFICIENT_TOKENS, "There are not enough tokens for this.", details);
    }

    public static PaymentRequired entitlementRequired() {
      return new PaymentRequired(
          FailureCode.ENTITLEMENT_REQUIRED, "This is part of a subscription.", Map.of());
    }
  }

  /** 403: signed in, and still not allowed. */
  public static final class Forbidden extends Failure {
    public Forbidden() {
      this(FailureCode.FORBIDDEN, "This account may not do that.");
    }

    public Forbidden(FailureCode code, String sentence) {
      super(403, code, sentence, Map.of());
    }
  }

  /** 404: unknown, or somebody else's, which must look the same. */
  public static final class NotFound extends Failure {
    public NotFound() {
      super(404, FailureCode.NOT_FOUND, "There is nothing here.", Map.of());
    }
  }

  /** 405: the path exists, this method does not. */
  public static final class MethodNotAllowed extends Failure {
    private final transient List<String> allowed;

    public MethodNotAllowed(List<String> allowed) {
      super(405, FailureCode.METHOD_NOT_ALLOWED, "This path does not know that method.", Map.of());
      this.allowed = List.copyOf(allowed);
    }

    /** The methods for the Allow header. */
    public List<String> allowed() {
      return allowed;
    }
  }

  /** 409: the state of the thing forbids it. */
  public static final class Conflict extends Failure {
    public Conflict(FailureCode code, String sentence) {
      super(409, code, sentence, Map.of());
    }

    public Conflict(FailureCode code, String sentence, Map<String, ?> details) {
      super(409, code, sentence, details);
    }

    /** A plain CONFLICT that tells the state which forbids the request. */
    public Conflict(String sentence, String state) {
      super(409, FailureCode.CONFLICT, sentence, Map.of("state", state));
    }
  }

  /** 413: the body is larger than we read. */
  public static final class TooLarge extends Failure {
    public TooLarge(int maximumBytes) {
      super(
          413,
          FailureCode.PAYLOAD_TOO_LARGE,
          "The body is larger than " + maximumBytes + " bytes.",
          Map.of());
    }
  }

  /** 415: the body is of a kind that we do not read. */
  public static final class UnsupportedMedia extends Failure {
    public UnsupportedMedia(String sentence) {
      super(415, FailureCode.UNSUPPORTED_MEDIA_TYPE, sentence, Map.of());
    }
  }

  /** 422: understood, and refused for what it says. */
  public static final class Unprocessable extends Failure {
    public Unprocessable(FailureCode code, String sentence, Map<String, ?> details) {
      super(422, code, sentence, details);
    }
  }

  /** 429: too often, or too many at once. */
  public static final class TooMany extends Failure {
    private final transient Duration retryAfter;

    public TooMany(FailureCode code, Duration retryAfter) {
      super(
          429,
          code,
          code == FailureCode.QUEUE_FULL
              ? "Too many stories are waiting. Try again later."
              : "Too many requests. Try again later.",
          Map.of());
      this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(retryAfter);
    }
  }

  /** 503: something that we need does not answer now. */
  public static final class Unavailable extends Failure {
    private final transient Duration retryAfter;

    public Unavailable(Duration retryAfter, @Nullable Throwable cause) {
      super(
          FailureCode.UPSTREAM_UNAVAILABLE,
          "A service that we need does not answer. Try again later.",
          Map.of(),
          cause);
      this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(retryAfter);
    }
  }

  /** A refusal that was given before and is given again to the same idempotency key. */
  public static final class Replayed extends Failure {
    public Replayed(FailureCode code, String sentence, Map<String, ?> details) {
      super(code, sentence, details, null);
    }
  }
}
