package app.infinitestories.local.cli;

import app.infinitestories.local.part.PartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./dev test}: the whole test suite, and its totals in the last line. */
@Command(
    name = "test",
    description = "Runs the whole test suite and prints its totals.",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MAVEN-ARGUMENT", description = "Passed on to Maven.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!DoctorCommand.ready()) {
      return 1;
    }
    var project = Dev.project();
    // Later than anything the last run wrote: an old report must not count as a result.
    var start = FileTime.fromMillis(System.currentTimeMillis());
    var command = new ArrayList<String>();
    command.addAll(List.of("mvn", "-B", "-q", "--fail-at-end", "verify"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(project.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Maven's own libraries call what a newer JDK warns of
    builder
        .environment()
        .merge(
            "MAVEN_OPTS", "--sun-misc-unsafe-memory-access=allow", (own, more) -> own + " " + more);
    int exit = run(builder);
    var totals = TestTotals.of(project, start);
    System.out.println(totals);
    return exit != 0 ? exit : totals.failed() > 0 || totals.passed() == 0 ? 1 : 0;
  }

  private static int run(ProcessBuilder builder) throws InterruptedException {
    try {
      var process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-maven"));
      return process.waitFor();
    } catch (IOException e) {
      throw new PartException("Maven could not be started: " + e.getMessage(), e);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }

  static boolean isReport(Path file) {
    return Files.isRegularFile(file)
        && file.toString().matches(".*/surefire-reports/TEST-[^/]*\\.xml");
  }
}
