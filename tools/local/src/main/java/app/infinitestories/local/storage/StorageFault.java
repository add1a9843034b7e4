package app.infinitestories.local.storage;

/** A refusal with the status and code that the service gives it. */
final class StorageFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  /**
   * @param code the XML API's code, for example {@code SignatureDoesNotMatch}; JSON answers have
   *     reasons instead, which follow from the status
   */
  StorageFault(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  static StorageFault notFound(String bucket, String name) {
    return new StorageFault(404, "NoSuchKey", "No such object: " + bucket + "/" + name);
  }

  static StorageFault invalid(String message) {
    return new StorageFault(400, "InvalidArgument", message);
  }

  /** The service knows this, the stand-in does not: better loud than silently different. */
  static StorageFault notHere(String what) {
    return new StorageFault(501, "NotImplemented", "The local Cloud Storage does not know " + what);
  }
}
