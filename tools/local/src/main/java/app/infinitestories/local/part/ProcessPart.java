package app.infinitestories.local.part;

import static app.infinitestories.local.part.Ports.LOOPBACK;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part that is a process of its own and answers HTTP on one port when it is ready. */
public abstract class ProcessPart implements Part {
  private static final Duration BOOT = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String name;
  private final Path logs;
  private int port;
  private volatile @Nullable ChildProcess process;

  /**
   * @param port the port to use, or {@link Ports#ANY}
   * @param logs the folder that gets {@code <name>.log}
   */
  protected ProcessPart(String name, int port, Path logs) {
    this.name = name;
    this.port = port;
    this.logs = logs;
  }

  /** The command that serves on the given port. */
  protected abstract List<String> command(int port);

  /** Variables that the process gets besides those of this one. */
  protected Map<String, String> environment() {
    return Map.of();
  }

  /** The path that answers once the process is ready. */
  protected String readyPath() {
    return "/";
  }

  /** Whether an answer of that status means that the process is ready. */
  protected boolean ready(int status) {
    return status < 500;
  }

  /** Called after the process answers, before {@link #start()} returns. */
  protected void onReady() {}

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final URI address() {
    if (port == Ports.ANY) {
      throw new IllegalStateException("The " + name + " was not started yet");
    }
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  @Override
  public final synchronized void start() {
    if (running()) {
      return;
    }
    port = Ports.claim(name, port);
    var child = ChildProcess.start(name, command(port), environment(), logs.resolve(name + ".log"));
    process = child;
    child.await(this::answers, BOOT);
    onReady();
  }

  @Override
  public final synchronized void stop() {
    var child = process;
    if (child != null) {
      child.stop();
      process = null;
    }
  }

  @Override
  public final boolean running() {
    var child = process;
    return child != null && child.alive();
  }

  /** Ends the process as a crash would. */
  public final synchronized void kill() {
    var child = process;
    if (child != null) {
      child.kill();
      process = null;
    }
  }

  private boolean answers() {
    var request =
        HttpRequest.newBuilder(address().resolve(readyPath()))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return ready(HTTP.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return false; // not there yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
