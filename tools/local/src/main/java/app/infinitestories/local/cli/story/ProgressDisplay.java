package app.infinitestories.local.cli.story;

import java.io.PrintStream;
import java.util.OptionalLong;

/** A job's progress: one line that changes on a terminal, one line per change elsewhere. */
final class ProgressDisplay {
  private static final int BAR_CELLS = 24;
  private static final int TERMINAL_COLUMNS = 79;
  private static final String REWRITE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";
  private boolean open;

  ProgressDisplay(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(JobNode job) {
    var what = "%3d %%  %s".formatted(job.progress(), job.words());
    if (terminal) {
      var line = bar(job.progress()) + " " + what + remaining(job);
      shown = line.length() > TERMINAL_COLUMNS ? line.substring(0, TERMINAL_COLUMNS) : line;
      out.print(REWRITE + shown);
      out.flush();
      open = true;
    } else if (!what.equals(shown)) {
      // The estimate changes all the time: it alone is no reason for another line.
      shown = what;
      out.println("    " + what + remaining(job));
    }
  }

  /** Prints a line of its own; on a terminal the progress goes on below it. */
  void note(String line) {
    if (terminal && open) {
      out.println(REWRITE + "    " + line);
      out.print(shown);
      out.flush();
    } else {
      out.println("    " + line);
    }
  }

  /** Leaves the last state standing. */
  void end() {
    if (open) {
      out.println();
      open = false;
    }
  }

  private static String remaining(JobNode job) {
    return job.finished() || job.etaSeconds().isEmpty() ? "" : ", " + about(job.etaSeconds());
  }

  private static String about(OptionalLong etaSeconds) {
    long seconds = etaSeconds.getAsLong();
    return seconds < 120
        ? "about " + seconds + " s left"
        : "about " + Math.round(seconds / 60.0) + " min left";
  }

  private static String bar(int percent) {
    int full = Math.clamp(percent, 0, 100) * BAR_CELLS / 100;
    return "[" + "#".repeat(full) + "-".repeat(BAR_CELLS - full) + "]";
  }
}
