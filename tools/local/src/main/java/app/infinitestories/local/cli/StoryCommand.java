package app.infinitestories.local.cli;

import app.infinitestories.local.cli.story.Addresses;
import app.infinitestories.local.cli.story.HttpCalls;
import app.infinitestories.local.cli.story.Phases;
import app.infinitestories.local.cli.story.StoryOrder;
import app.infinitestories.local.cli.story.StoryRun;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.stack.LocalStack;
import app.infinitestories.local.stack.StackSettings;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dev story}: makes a film from a photo, on the running stack or on one of its own. */
@Command(
    name = "story",
    description = {
      "Makes a film from a photo, as the app would, and shows how it comes about.",
      "Uses the stack of `./dev up` if one runs, else boots one and ends it afterwards."
    },
    mixinStandardHelpOptions = true)
final class StoryCommand implements Callable<Integer> {
  private static final Duration ONE_CALL = Duration.ofSeconds(60);
  private static final int INTERRUPTED = 130;
  private static final List<String> GENRES =
      List.of(
          "adventure",
          "fantasy",
          "fairy_tale",
          "animals",
          "space",
          "friendship",
          "mystery",
          "bedtime");
  private static final List<String> LANGUAGES = List.of("en", "es", "fr", "de", "it");
  private static final List<String> LENGTHS = List.of("short", "medium", "long");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--photo",
      paramLabel = "F",
      description = "A PNG, JPEG or WebP file. Default: a drawn sample, no real person.")
  private @Nullable Path photo;

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "The child's name. Default: ${DEFAULT-VALUE}")
  private String name = "Mia";

  @Option(
      names = "--age",
      paramLabel = "N",
      description = "1 to 18 years. Default: ${DEFAULT-VALUE}")
  private int age = 5;

  @Option(
      names = "--genre",
      paramLabel = "G",
      description =
          "adventure, fantasy, fairy_tale, animals, space, friendship, mystery or bedtime."
              + " Default: ${DEFAULT-VALUE}")
  private String genre = "adventure";

  @Option(
      names = "--language",
      paramLabel = "L",
      description = "en, es, fr, de or it. Default: ${DEFAULT-VALUE}")
  private String language = "en";

  @Option(
      names = "--second-language",
      paramLabel = "L",
      description = "Captions in this language too.")
  private @Nullable String secondLanguage;

  @Option(
      names = "--idea-voice",
      paramLabel = "F",
      description = "An MP3, M4A, WAV or WebM file: somebody says what the story may be about.")
  private @Nullable Path ideaVoice;

  @Option(
      names = "--ask",
      description = "Shows script and pictures, and asks before the film is made.")
  private boolean ask;

  @Option(
      names = "--appearance",
      paramLabel = "WORDS",
      description = "The hero in words; needed where photos may not go to a provider.")
  private @Nullable String appearance;

  @Option(
      names = "--length",
      paramLabel = "L",
      description = "short, medium or long. Default: ${DEFAULT-VALUE}")
  private String length = "short";

  @Option(
      names = "--no-video",
      description = "Pictures in motion instead of clips: a tenth of the cost.")
  private boolean noVideo;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed makes the same story again. Default: a random one.")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Gets a folder with the story's files. Default: ${DEFAULT-VALUE}")
  private Path out = Path.of("out");

  @Option(
      names = "--wait-minutes",
      paramLabel = "N",
      description = "How long the film may take. Default: ${DEFAULT-VALUE}")
  private int waitMinutes = 30;

  @Override
  public Integer call() throws InterruptedException {
    var order = order();
    if (!DoctorCommand.ready()) {
      return 1;
    }
    // UTF-8 whatever the locale says: stories are told in five languages.
    var screen =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var phases = new Phases(System::nanoTime);
    var own = new AtomicReference<@Nullable LocalStack>();
    var running = new AtomicReference<@Nullable StoryRun>();
    var ending = new AtomicBoolean();
    var hook = new Thread(() -> interrupted(ending, own.get(), running.get()), "end-story");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      var run =
          new StoryRun(
              new HttpCalls(ONE_CALL),
              stack(screen, phases, own),
              screen,
              onTerminal(),
              phases,
              System::nanoTime,
              () -> UUID.randomUUID().toString(),
              typed());
      running.set(run);
      run.make(order, seed(), out, Duration.ofMinutes(waitMinutes));
      return 0;
    } catch (PartException e) {
      if (ending.get()) {
        return INTERRUPTED; // the parts are going down: what failed now is no news
      }
      throw e;
    } finally {
      if (!ending.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
        Optional.ofNullable(own.get()).ifPresent(LocalStack::close);
      }
    }
  }

  // The check believes that there always is a console; JDK 25 has none when output is redirected.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** What Ctrl-C does: the stack goes down if it is ours, else the job is cancelled on it. */
  private static void interrupted(
      AtomicBoolean ending, @Nullable LocalStack own, @Nullable StoryRun running) {
    ending.set(true);
    if (own != null) {
      own.close();
    } else if (running != null) {
      try {
        running.cancel();
      } catch (PartException e) {
        System.err.println(e.getMessage());
      }
    }
  }

  private static Addresses stack(
      PrintStream screen, Phases phases, AtomicReference<@Nullable LocalStack> own) {
    var project = Dev.project();
    var found = RunningStack.find(project);
    if (found.isPresent()) {
      screen.println("* Using the stack that runs already");
      var running = Addresses.of(found.get());
      StudioSwitches.unheeded(System.getenv(), running.studio()).ifPresent(screen::println);
      return running;
    }
    phases.enter("booting the stack");
    screen.println("* The stack boots: emulators, stand-ins, studio, every function");
    var stack = LocalStack.start(StackSettings.of(project, System.getenv()));
    own.set(stack);
    return Addresses.of(RunningStack.describe(stack));
  }

  private StoryOrder order() {
    oneOf("--genre", genre, GENRES);
    oneOf("--language", language, LANGUAGES);
    oneOf("--length", length, LENGTHS);
    require(age >= 1 && age <= 18, "--age is 1 to 18, not " + age);
    require(!name.isBlank() && name.length() <= 100, "--name has 1 to 100 characters");
    require(waitMinutes >= 1, "--wait-minutes is at least 1");
    var second = secondLanguage;
    if (second != null) {
      oneOf("--second-language", second, LANGUAGES);
      require(!second.equals(language), "--second-language is another one than --language");
    }
    var files = new AttachedFiles(line());
    return new StoryOrder(
        photo == null ? files.samplePhoto() : files.photo(photo),
        ideaVoice == null ? null : files.idea(ideaVoice),
        name,
        age,
        genre,
        language,
        second,
        length,
        !noVideo,
        appearance,
        ask);
  }

  /** What the parent types, line by line, until there is nothing more. */
  private static Supplier<Optional<String>> typed() {
    var reader = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return () -> {
      try {
        return Optional.ofNullable(reader.readLine());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private long seed() {
    return seed != null ? seed : new Random().nextInt(1, 1_000_000);
  }

  private void oneOf(String option, String value, List<String> values) {
    require(values.contains(value), option + " is one of " + values + ", not " + value);
  }

  private void require(boolean good, String otherwise) {
    if (!good) {
      throw new ParameterException(line(), otherwise);
    }
  }

  private picocli.CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("not called by its command line");
    }
    return spec.commandLine();
  }
}
