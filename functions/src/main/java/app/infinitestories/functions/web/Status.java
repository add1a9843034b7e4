package app.infinitestories.functions.web;

/** The statuses of success; those of failure belong to the failures. */
public enum Status {
  OK(200),
  CREATED(201),
  ACCEPTED(202),
  NO_CONTENT(204),
  /** Only for readiness: the answer has the usual shape and says what does not work. */
  SERVICE_UNAVAILABLE(503);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
