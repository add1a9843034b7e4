package app.infinitestories.local.cli.seed;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** WebVTT of a narration: each sentence gets its share of the time by its letters. */
final class Captions {
  private Captions() {}

  static String webVtt(String text, String language, double seconds) {
    List<String> sentences = sentences(text, language);
    double letters = sentences.stream().mapToInt(String::length).sum();
    var vtt = new StringBuilder("WEBVTT\n");
    double told = 0;
    for (String sentence : sentences) {
      double from = seconds * told / letters;
      told += sentence.length();
      vtt.append('\n')
          .append(time(from))
          .append(" --> ")
          .append(time(seconds * told / letters))
          .append('\n')
          .append(escaped(sentence))
          .append('\n');
    }
    return vtt.toString();
  }

  private static List<String> sentences(String text, String language) {
    var ends = BreakIterator.getSentenceInstance(Locale.of(language));
    ends.setText(text);
    var sentences = new ArrayList<String>();
    int from = ends.first();
    for (int to = ends.next(); to != BreakIterator.DONE; from = to, to = ends.next()) {
      String sentence = text.substring(from, to).strip();
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  private static String time(double seconds) {
    long millis = Math.round(seconds * 1000);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('\n', ' ');
  }
}
