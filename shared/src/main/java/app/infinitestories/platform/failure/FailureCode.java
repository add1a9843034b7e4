package app.infinitestories.platform.failure;

/** Every error code that a client can see, with the HTTP status that it is sent under. */
public enum FailureCode {
  MALFORMED_JSON(400),
  VALIDATION_FAILED(400),
  UNAUTHENTICATED(401),
  INVALID_CREDENTIALS(401),
  INSUFFICIENT_TOKENS(402),
  ENTITLEMENT_REQUIRED(402),
  EMAIL_NOT_VERIFIED(403),
  CONSENT_REQUIRED(403),
  FORBIDDEN(403),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  CONFLICT(409),
  ALREADY_REDEEMED(409),
  OWNED_BY_OTHER(409),
  INPUT_FORGOTTEN(409),
  UPLOAD_NOT_CONFIRMED(409),
  EMAIL_IN_USE(409),
  PAYLOAD_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  IDEMPOTENCY_KEY_REUSED(422),
  CONTENT_REJECTED(422),
  PHOTO_UNUSABLE(422),
  RECORDING_UNUSABLE(422),
  RATE_LIMITED(429),
  QUEUE_FULL(429),
  INTERNAL(500),
  UPSTREAM_UNAVAILABLE(503);

  private final int status;

  FailureCode(int status) {
    this.status = status;
  }

  /** The HTTP status, for example 409. */
  public int status() {
    return status;
  }
}
