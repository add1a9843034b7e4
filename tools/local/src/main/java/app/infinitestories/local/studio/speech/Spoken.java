package app.infinitestories.local.studio.speech;

import app.infinitestories.local.studio.media.Pcm;
import java.util.ArrayList;
import java.util.List;

/** Spoken text: the sound, and when each of its sentences is heard. */
public record Spoken(String text, Language language, Pcm sound, List<Timed> sentences) {

  /** A piece of text and the seconds from and to which it is heard. */
  public record Timed(String text, double start, double end) {}

  /** Words with their times: exact by sentence, within a sentence by the words' lengths. */
  public List<Timed> words() {
    List<Timed> words = new ArrayList<>();
    sentences.forEach(sentence -> words.addAll(spread(sentence)));
    return words;
  }

  /** Spreads the words of a piece over its time. */
  public static List<Timed> spread(Timed piece) {
    String[] words = piece.text().strip().split("\\s+", -1);
    double weight = 0;
    for (String word : words) {
      weight += word.length() + 1;
    }
    List<Timed> timed = new ArrayList<>();
    double at = piece.start();
    for (String word : words) {
      double length = (piece.end() - piece.start()) * (word.length() + 1) / weight;
      timed.add(new Timed(word, at, at + length));
      at += length;
    }
    return timed;
  }
}
