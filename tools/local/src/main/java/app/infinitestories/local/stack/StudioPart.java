package app.infinitestories.local.stack;

import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The offline studio as a part. */
final class StudioPart implements Part {
  private final Map<String, String> environment;
  private int port;
  private @Nullable Studio studio;

  /**
   * @param environment read for {@code STUDIO_SEED}, {@code STUDIO_LATENCY}, {@code STUDIO_FAULTS}
   */
  StudioPart(int port, Map<String, String> environment) {
    this.port = port;
    this.environment = environment;
  }

  @Override
  public String name() {
    return "studio";
  }

  @Override
  public URI address() {
    if (port == Ports.ANY) {
      throw new IllegalStateException("The studio was not started yet");
    }
    return URI.create("http://" + Ports.LOOPBACK + ":" + port);
  }

  @Override
  public synchronized void start() {
    if (studio == null) {
      port = Ports.claim(name(), port);
      var settings = StudioSettings.fromEnvironment(environment);
      studio =
          Studio.start(
              new StudioSettings(port, settings.seed(), settings.latency(), settings.faults()));
    }
  }

  @Override
  public synchronized void stop() {
    if (studio != null) {
      studio.close();
      studio = null;
    }
  }

  @Override
  public synchronized boolean running() {
    return studio != null;
  }
}
