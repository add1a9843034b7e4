package app.infinitestories.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortPlanTest {

  @Test
  void everyPartGetsAPortOfItsOwn() {
    var ports = PortPlan.of(List.of("api", "firestore", "auth"), Ports.ANY);

    assertEquals(List.of("api", "firestore", "auth"), List.copyOf(ports.keySet()));
    assertEquals(3, new HashSet<>(ports.values()).size());
  }

  @Test
  void everyPartWhosePortIsInUseIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.LOOPBACK))) {
      int port = taken.getLocalPort();

      var refused =
          assertThrows(PartException.class, () -> PortPlan.of(List.of("firestore"), port));

      var message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("Port " + port) && message.contains("firestore"), message);
      assertFalse(message.contains("auth"), message);
    }
  }
}
