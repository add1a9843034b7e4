package app.infinitestories.local.studio.speech;

import app.infinitestories.local.studio.media.Pcm;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads a text aloud, sentence by sentence, at a calm pace. */
public final class Narration {
  private static final double PAUSE_SECONDS = 0.35;
  private static final double END_SECONDS = 0.25;
  private static final double PEAK = 0.84; // -1.5 dBFS
  private static final int AUDIBLE = 200;

  private final Engine english = new FreeTts();
  private final Engine others;

  public Narration() {
    this("espeak-ng");
  }

  Narration(String espeakCommand) {
    others = new EspeakNg(espeakCommand);
  }

  /**
   * Reads aloud.
   *
   * @param pace a factor on about 150 words a minute
   * @throws SpeechUnavailable if the language needs a program that is not there
   */
  public Spoken read(String text, Language language, Voice voice, double pace) {
    Engine engine = language == Language.EN ? english : others;
    List<Spoken.Timed> sentences = new ArrayList<>();
    List<short[]> pieces = new ArrayList<>();
    int length = 0;
    for (String sentence : sentences(text, language)) {
      short[] samples = trimmed(engine.speak(sentence, language, voice, pace));
      if (!pieces.isEmpty()) {
        short[] pause = new short[(int) (PAUSE_SECONDS / pace * Pcm.RATE)];
        pieces.add(pause);
        length += pause.length;
      }
      pieces.add(samples);
      sentences.add(
          new Spoken.Timed(
              sentence, length / (double) Pcm.RATE, (length + samples.length) / (double) Pcm.RATE));
      length += samples.length;
    }
    pieces.add(new short[(int) (END_SECONDS * Pcm.RATE)]);
    return new Spoken(text, language, new Pcm(normalised(joined(pieces))), sentences);
  }

  private static List<String> sentences(String text, Language language) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.of(language.code()));
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String sentence = text.substring(start, end).strip();
      if (sentence.codePoints().anyMatch(Character::isLetterOrDigit)) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  /** Without the silence that the engines leave at both ends: pauses are set here. */
  private static short[] trimmed(short[] samples) {
    int margin = Pcm.RATE / 50;
    int start = 0;
    while (start < samples.length && Math.abs(samples[start]) < AUDIBLE) {
      start++;
    }
    int end = samples.length;
    while (end > start && Math.abs(samples[end - 1]) < AUDIBLE) {
      end--;
    }
    return Arrays.copyOfRange(
        samples, Math.max(0, start - margin), Math.min(samples.length, end + margin));
  }

  private static short[] joined(List<short[]> pieces) {
    short[] all = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (short[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  private static short[] normalised(short[] samples) {
    int loudest = 1;
    for (short sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    double gain = PEAK * Short.MAX_VALUE / loudest;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(samples[i] * gain);
    }
    return samples;
  }
}
