package app.infinitestories.local.part;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Picks and checks ports on the loopback address; nothing of the stack is reachable from outside.
 */
public final class Ports {
  /** Ask for any free port. */
  public static final int ANY = 0;

  public static final String LOOPBACK = "127.0.0.1";

  private Ports() {}

  /**
   * The given port if it is free, or a free one for {@link #ANY}.
   *
   * @throws PortInUseException naming the part that wanted it
   */
  public static int claim(String part, int wanted) {
    try (var socket = new ServerSocket()) {
      // A port whose last connections are still in TIME_WAIT counts as free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), wanted));
      return socket.getLocalPort();
    } catch (java.net.BindException e) {
      throw new PortInUseException(part, wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
