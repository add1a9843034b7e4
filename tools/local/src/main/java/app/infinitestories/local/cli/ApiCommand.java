package app.infinitestories.local.cli;

import app.infinitestories.local.stack.FunctionProcess;
import app.infinitestories.local.stack.FunctionSpec;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev api}: only the API function, by production's command line, in the foreground. */
@Command(
    name = "api",
    description = "Runs only the API function against the addresses in the environment.",
    mixinStandardHelpOptions = true)
final class ApiCommand implements Callable<Integer> {
  @Option(names = "--port", paramLabel = "N", defaultValue = "8080")
  private int port = 8080;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var command =
        FunctionProcess.commandLine(
            FunctionSpec.ALL.getFirst(), Dev.project().resolve("functions"), port);
    System.err.println(String.join(" ", command));
    var process = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.destroy();
                  process.onExit().join();
                },
                "end-api"));
    return process.waitFor();
  }
}
