package app.infinitestories.local.cli;

import app.infinitestories.local.cli.seed.SampleCatalogue;
import app.infinitestories.local.cli.story.HttpCalls;
import app.infinitestories.local.stack.LocalStack;
import app.infinitestories.local.stack.StackSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dev seed}: fills the catalogue of the running stack, or of one that it boots. */
@Command(
    name = "seed",
    description = {
      "Publishes a sample catalogue, 15 stories in 5 languages, made by the offline studio.",
      "Uses the stack of `./dev up` if one runs, else boots one and ends it afterwards.",
      "A second time it changes nothing."
    },
    mixinStandardHelpOptions = true)
final class SeedCommand implements Callable<Integer> {
  private static final Duration ONE_CALL = Duration.ofMinutes(2);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--language",
      paramLabel = "L",
      description = "Only the stories in this language; may be repeated. Default: all")
  private List<String> languages = List.of();

  @Override
  public Integer call() throws InterruptedException {
    var wanted = wanted();
    if (!DoctorCommand.ready()) {
      return 1;
    }
    // UTF-8 whatever the locale says: stories are told in five languages.
    var screen =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var project = Dev.project();
    var http = new HttpCalls(ONE_CALL);
    var running = RunningStack.find(project);
    if (running.isPresent()) {
      screen.println("* Using the stack that runs already");
      SampleCatalogue.of(running.get(), http, screen, System::nanoTime).seed(wanted);
      return 0;
    }
    screen.println(
        "* No stack runs: one boots for this and ends afterwards. `./dev up` keeps one.");
    var stack = LocalStack.start(StackSettings.of(project, System.getenv()));
    // Ctrl-C as well as the end of the work closes the stack.
    var hook = new Thread(stack::close, "end-stack");
    Runtime.getRuntime().addShutdownHook(hook);
    SampleCatalogue.of(RunningStack.describe(stack), http, screen, System::nanoTime).seed(wanted);
    return 0;
  }

  private List<String> wanted() {
    var known = SampleCatalogue.languages();
    for (String language : languages) {
      if (!known.contains(language) && spec != null) {
        throw new ParameterException(
            spec.commandLine(), "--language is one of " + known + ", not " + language);
      }
    }
    return languages.isEmpty() ? known : languages;
  }
}
