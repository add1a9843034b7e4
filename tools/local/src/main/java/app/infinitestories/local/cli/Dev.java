package app.infinitestories.local.cli;

import app.infinitestories.local.part.PartException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code ./dev}: runs the command that was named. */
@Command(
    name = "./dev",
    description = "Runs InfiniteStories on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DoctorCommand.class,
      UpCommand.class,
      StoryCommand.class,
      SeedCommand.class,
      ApiCommand.class,
      TokenCommand.class,
      TestCommand.class
    })
public final class Dev implements Runnable {
  private final CommandLine line = new CommandLine(this);

  public static void main(String[] arguments) {
    var dev = new Dev();
    System.exit(dev.run(arguments));
  }

  private int run(String... arguments) {
    line.setExecutionExceptionHandler((problem, command, parsed) -> {
      if (problem instanceof PartException) {
        command.getErr().println(problem.getMessage());
        return 1;
      }
      throw problem;
    });
    return line.execute(arguments);
  }

  @Override
  public void run() {
    line.usage(System.out);
  }

  /** The checkout: the script that starts this program passes it. */
  static Path project() {
    return Path.of(System.getProperty("infinitestories.project", ".")).toAbsolutePath().normalize();
  }
}
