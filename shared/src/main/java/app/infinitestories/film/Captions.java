package app.infinitestories.film;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Captions of a film as WebVTT (https://www.w3.org/TR/webvtt1/). A sentence is shown only while it
 * is heard; one too long for two lines becomes several cues inside its own time.
 */
public final class Captions {
  public static final int MAX_LINE_CHARS = 42;
  private static final int LINES_PER_CUE = 2;

  /** What is shown at once: one or two lines of at most 42 characters, not yet escaped. */
  public record Cue(Duration start, Duration end, List<String> lines) {
    public Cue {
      lines = List.copyOf(lines);
    }
  }

  private Captions() {}

  /** Cues in the order of the sentences, to the millisecond. */
  public static List<Cue> cues(List<TimedSentence> sentences) {
    List<Cue> cues = new ArrayList<>();
    for (TimedSentence sentence : sentences) {
      addCues(sentence, cues);
    }
    return List.copyOf(cues);
  }

  /** The caption file. Sentences may be the spoken ones or their translations with equal times. */
  public static String webVtt(List<TimedSentence> sentences) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    int number = 1;
    for (Cue cue : cues(sentences)) {
      vtt.append('\n').append(number++).append('\n');
      vtt.append(timestamp(cue.start())).append(" --> ").append(timestamp(cue.end())).append('\n');
      for (String line : cue.lines()) {
        vtt.append(escaped(line)).append('\n');
      }
    }
    return vtt.toString();
  }

  private static void addCues(TimedSentence sentence, List<Cue> cues) {
    List<List<String>> pages = pages(words(sentence.text()));
    long startMs = Math.ceilDiv(sentence.start().toNanos(), 1_000_000L);
    long endMs = sentence.end().toMillis();
    long total = pages.stream().mapToLong(Captions::weight).sum();
    // Shown for no whole millisecond: nobody could read it, and it must not reach into the next.
    if (total == 0 || endMs - startMs < pages.size()) {
      return;
    }
    long shown = 0;
    for (List<String> page : pages) {
      long from = startMs + (endMs - startMs) * shown / total;
      shown += weight(page);
      long to = startMs + (endMs - startMs) * shown / total;
      cues.add(new Cue(Duration.ofMillis(from), Duration.ofMillis(to), page));
    }
  }

  private static long weight(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }

  /** White space of any kind separates; a word longer than a line is cut. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.strip().split("[\\s\\p{Z}]+", -1)) {
      String rest = word;
      while (rest.length() > MAX_LINE_CHARS) {
        int cut =
            Character.isLowSurrogate(rest.charAt(MAX_LINE_CHARS))
                ? MAX_LINE_CHARS - 1
                : MAX_LINE_CHARS;
        words.add(rest.substring(0, cut));
        rest = rest.substring(cut);
      }
      if (!rest.isEmpty()) {
        words.add(rest);
      }
    }
    return words;
  }

  /** As few cues as needed, of about the same length: no last cue with a lonely word. */
  private static List<List<String>> pages(List<String> words) {
    int count = Math.ceilDiv(wrapped(words, MAX_LINE_CHARS).size(), LINES_PER_CUE);
    int width = MAX_LINE_CHARS;
    while (width > 1
        && Math.ceilDiv(wrapped(words, width - 1).size(), LINES_PER_CUE) <= count
        && (count > 1 || wrapped(words, width - 1).size() <= wrapped(words, width).size())) {
      width--;
    }
    List<String> lines = wrapped(words, width);
    List<List<String>> pages = new ArrayList<>();
    for (int at = 0; at < lines.size(); at += LINES_PER_CUE) {
      pages.add(List.copyOf(lines.subList(at, Math.min(lines.size(), at + LINES_PER_CUE))));
    }
    return pages;
  }

  private static List<String> wrapped(List<String> words, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static String timestamp(Duration time) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        time.toHours(),
        time.toMinutesPart(),
        time.toSecondsPart(),
        time.toMillisPart());
  }

  private static String escaped(String line) {
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
