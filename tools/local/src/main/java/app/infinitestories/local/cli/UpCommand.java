package app.infinitestories.local.cli;

import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.stack.FunctionSpec;
import app.infinitestories.local.stack.LocalStack;
import app.infinitestories.local.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev up}: boots the stack and keeps it until it is interrupted. */
@Command(
    name = "up",
    description = "Boots the whole backend on this machine; Ctrl-C ends it.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the addresses there when all is up.")
  private @Nullable Path json;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The API's port, the others follow; 0 for any. Default: ${DEFAULT-VALUE}")
  private int port = 8080;

  @Option(
      names = "--minute-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long a minute of the schedule is. Default: ${DEFAULT-VALUE}")
  private int minuteSeconds = 60;

  @Option(
      names = "--without-functions",
      description = "Only emulators, stand-ins and the studio: to debug functions elsewhere.")
  private boolean withoutFunctions;

  @Override
  public Integer call() throws InterruptedException {
    if (!DoctorCommand.ready()) {
      return 1;
    }
    var project = Dev.project();
    long start = System.nanoTime();
    var settings =
        StackSettings.of(project, System.getenv())
            .withFirstPort(port == 0 ? Ports.ANY : port)
            .withMinute(Duration.ofSeconds(minuteSeconds))
            .withFunctions(withoutFunctions ? List.of() : FunctionSpec.ALL);
    var stack = LocalStack.start(settings);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stack.close();
                  RunningStack.forget(project);
                },
                "end-stack"));
    var description = RunningStack.describe(stack);
    RunningStack.write(project, description);
    if (json != null) {
      RunningStack.writeTo(json, description);
    }
    for (Part part : stack.parts().values()) {
      var took = stack.bootTimes().getOrDefault(part.name(), Duration.ZERO).toMillis();
      System.out.printf("%-18s %-28s %5d ms%n", part.name(), part.address(), took);
    }
    System.out.printf(
        "All up after %.1f s. Logs: %s. Ctrl-C ends everything.%n",
        (System.nanoTime() - start) / 1e9, settings.logs());
    new CountDownLatch(1).await(); // until a signal ends this JVM, and its hooks the rest
    return 0;
  }
}
