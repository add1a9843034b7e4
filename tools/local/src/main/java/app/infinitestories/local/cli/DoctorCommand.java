package app.infinitestories.local.cli;

import app.infinitestories.local.cli.Prerequisites.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev doctor}: says what this machine has, and how to get what is missing. */
@Command(
    name = "doctor",
    description = "Checks what this machine needs and says how to get what is missing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Only what can be seen without starting a program.")
  private boolean quick;

  @Override
  public Integer call() {
    var findings =
        quick ? Prerequisites.quick(System.getenv()) : Prerequisites.check(System.getenv());
    boolean good = true;
    for (Finding finding : findings) {
      var mark =
          finding.found().isPresent() ? "ok     " : finding.required() ? "MISSING" : "absent ";
      System.out.println(
          mark + "  " + finding.what() + finding.found().map(found -> ": " + found).orElse(""));
      if (finding.found().isEmpty()) {
        System.out.println("         " + finding.howToGet());
        good &= !finding.required();
      }
    }
    return good ? 0 : 1;
  }

  /** What the other commands do first: silent, unless something is missing. */
  static boolean ready() {
    List<Finding> missing =
        Prerequisites.quick(System.getenv()).stream().filter(f -> f.found().isEmpty()).toList();
    for (Finding finding : missing) {
      System.err.println("MISSING  " + finding.what() + "\n         " + finding.howToGet());
    }
    return missing.isEmpty();
  }
}
