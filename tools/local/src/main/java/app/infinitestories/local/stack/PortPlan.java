package app.infinitestories.local.stack;

import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.PortInUseException;
import app.infinitestories.local.part.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives every part its port before any is started, so that all can start at the same time and know
 * of each other.
 */
final class PortPlan {
  private PortPlan() {}

  /**
   * @param first the first part's port, the others follow; or {@link Ports#ANY}
   * @throws PartException naming every part whose port is in use
   */
  static Map<String, Integer> of(List<String> parts, int first) {
    var ports = new LinkedHashMap<String, Integer>();
    var taken = new ArrayList<String>();
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < parts.size(); i++) {
        var part = parts.get(i);
        int wanted = first == Ports.ANY ? Ports.ANY : first + i;
        var socket = new ServerSocket();
        sockets.add(socket); // held until all have theirs, or two could get the same
        socket.setReuseAddress(true);
        try {
          socket.bind(new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), wanted));
          ports.put(part, socket.getLocalPort());
        } catch (BindException e) {
          taken.add(new PortInUseException(part, wanted).getMessage());
        }
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!taken.isEmpty()) {
      throw new PartException(String.join(System.lineSeparator(), taken));
    }
    return ports;
  }
}
