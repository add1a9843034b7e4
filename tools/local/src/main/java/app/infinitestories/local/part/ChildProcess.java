package app.infinitestories.local.part;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that belongs to this one: its output goes to a log file, and it is ended by its id when
 * it is stopped or, at the latest, when this JVM ends.
 */
public final class ChildProcess {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int LOG_TAIL_CHARS = 3_000;

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread hook;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.hook = new Thread(this::end, "end-" + name);
  }

  /** Starts a command with the environment of this process, changed by {@code environment}. */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      var child = new ChildProcess(name, builder.start(), log);
      Runtime.getRuntime().addShutdownHook(child.hook);
      return child;
    } catch (IOException e) {
      throw new PartException("The %s could not be started: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Waits until {@code ready} says so.
   *
   * @throws PartException with the end of the log, when the process ends or the time is over
   */
  public void await(BooleanSupplier ready, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        stop();
        throw new PartException(
            "The %s ended with exit code %d before it answered. Its log (%s) ends:%n%s"
                .formatted(name, process.exitValue(), log, tail()));
      }
      if (System.nanoTime() > end) {
        stop();
        throw new PartException(
            "The %s did not answer within %d s. Its log (%s) ends:%n%s"
                .formatted(name, atMost.toSeconds(), log, tail()));
      }
      try {
        Thread.sleep(15);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop();
        throw new PartException("Interrupted while the %s came up".formatted(name), e);
      }
    }
  }

  /**
   * Waits until the process has ended well.
   *
   * @throws PartException with the end of the log, when it ends badly or takes too long
   */
  public void awaitSuccess(Duration atMost) {
    try {
      boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
      stop();
      if (!ended || process.exitValue() != 0) {
        throw new PartException(
            "%s %s. Its log (%s) ends:%n%s"
                .formatted(name, ended ? "failed" : "took too long", log, tail()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
      throw new PartException("Interrupted while waiting for " + name, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Asks the process to end, then makes it; returns when it is gone. */
  public void stop() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ignored) {
      // The JVM is going down already, and the hook with it: nothing to take back.
    }
  }

  /** Kills the process as a crash would, without a chance to clean up. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    stop();
  }

  private void end() {
    var descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private String tail() {
    try {
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
