package app.infinitestories.local.part;

/** Another process already listens on the port that a part was told to use. */
public final class PortInUseException extends PartException {
  private static final long serialVersionUID = 1;

  public PortInUseException(String part, int port) {
    super(
        "Port %d is in use, the %s cannot start on it. End the other process, or choose another port."
            .formatted(port, part));
  }
}
