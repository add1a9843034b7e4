package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows the parent what the film is going to tell, and hands on what they say to it. */
final class ParentsQuestion {
  private static final String QUESTION =
      "    Make this film? y(es), n(o), or what to change (once): ";

  private final AppCalls app;
  private final PrintStream out;
  private final Supplier<Optional<String>> lines;

  /**
   * @param lines what the parent types, line by line; empty when there will be no more
   */
  ParentsQuestion(AppCalls app, PrintStream out, Supplier<Optional<String>> lines) {
    this.app = app;
    this.out = out;
    this.lines = lines;
  }

  /** Asks until there is an answer; nobody there means no. */
  void ask(String jobId) {
    JsonNode script = app.item(jobId).path("job").path("script");
    new StoryReport(out).text(script);
    String answer = "";
    while (answer.isEmpty()) {
      out.print(QUESTION);
      out.flush();
      answer = lines.get().map(String::strip).orElse("n");
    }
    switch (answer.toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> app.approve(jobId, true, null);
      case "n", "no" -> app.approve(jobId, false, null);
      default -> app.approve(jobId, false, answer);
    }
  }
}
