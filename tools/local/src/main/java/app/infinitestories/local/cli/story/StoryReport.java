package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a finished story was: its text, its files, its time, its price and its push. */
final class StoryReport {
  private final PrintStream out;

  StoryReport(PrintStream out) {
    this.out = out;
  }

  void story(JsonNode story) {
    text(story);
    out.printf("Film: %.1f s%n", story.path("durationSeconds").asDouble());
  }

  /** Title and scenes of a story or of a script. */
  void text(JsonNode story) {
    out.println();
    out.println("  " + story.path("title").asText());
    for (JsonNode scene : story.path("scenes")) {
      out.println();
      out.println(wrapped(scene.path("text").asText()));
    }
    out.println();
  }

  void files(List<Path> files) {
    for (Path file : files) {
      out.println("    " + file);
    }
  }

  /**
   * @param cost the API's cost report, in USD
   */
  void cost(JsonNode cost) {
    out.println();
    out.println(
        "With the real providers it would have cost $"
            + amount(cost.path("total"))
            + " (the cap is $"
            + amount(cost.path("cap"))
            + "):");
    var byModel = new TreeMap<String, BigDecimal>();
    for (JsonNode step : cost.path("steps")) {
      byModel.merge(
          step.path("provider").asText() + " " + step.path("model").asText(),
          step.path("cost").decimalValue(),
          BigDecimal::add);
    }
    byModel.forEach((model, usd) -> out.printf("    %-34s $%s%n", model, usd.toPlainString()));
  }

  void phases(Map<String, Duration> durations) {
    out.println();
    out.println("Where the time went:");
    var total = Duration.ZERO;
    for (var phase : durations.entrySet()) {
      total = total.plus(phase.getValue());
      out.printf("    %-34s %6.1f s%n", phase.getKey(), seconds(phase.getValue()));
    }
    out.printf("    %-34s %6.1f s%n", "altogether", seconds(total));
  }

  void push(JsonNode message) {
    var notification = message.path("notification");
    out.println();
    out.println("The phone has received:");
    out.println("    " + notification.path("title").asText());
    out.println("    " + notification.path("body").asText());
    out.println("    " + message.path("data"));
  }

  void noPush(Duration patience) {
    out.println();
    out.printf(
        "The phone has received nothing within %d s: see the logs of story-created, story-failed"
            + " and send-outbox.%n",
        patience.toSeconds());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static String amount(JsonNode usd) {
    return usd.isNumber() || usd.isTextual() ? usd.asText() : "?";
  }

  private static String wrapped(String text) {
    var lines = new StringBuilder("    ");
    int column = 4;
    for (String word : text.split(" ", -1)) {
      if (column > 4 && column + 1 + word.length() > 78) {
        lines.append(System.lineSeparator()).append("    ");
        column = 4;
      } else if (column > 4) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
