package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.film.Captions.Cue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CaptionsTest {
  private static final String LONG =
      "Far above the sleepy village, where the clouds were as soft as pillows and the moon hummed"
          + " an old song, a little fox with a red scarf was looking for a star that had fallen.";

  @Test
  void aShortSentenceIsOneCue() {
    String vtt = Captions.webVtt(List.of(sentence("The fox smiled. ", 3000, 4500)));

    assertEquals("WEBVTT\n\n1\n00:00:03.000 --> 00:00:04.500\nThe fox smiled.\n", vtt);
  }

  @Test
  void aLongSentenceIsSplitInsideItsOwnTime() {
    List<Cue> cues =
        Captions.cues(
            List.of(
                sentence("Before.", 0, 1000),
                sentence(LONG, 1000, 9000),
                sentence("After.", 9000, 9900)));

    List<Cue> middle = cues.subList(1, cues.size() - 1);
    assertTrue(middle.size() >= 2);
    assertEquals(Duration.ofSeconds(1), middle.getFirst().start());
    assertEquals(Duration.ofSeconds(9), middle.getLast().end());
    for (int i = 0; i < cues.size(); i++) {
      assertTrue(cues.get(i).end().compareTo(cues.get(i).start()) > 0);
      assertTrue(cues.get(i).lines().size() <= 2);
      assertTrue(cues.get(i).lines().stream().allMatch(line -> line.length() <= 42));
      assertTrue(i == 0 || cues.get(i).start().compareTo(cues.get(i - 1).end()) >= 0);
    }
    assertEquals(
        LONG, String.join(" ", middle.stream().flatMap(cue -> cue.lines().stream()).toList()));
  }

  @Test
  void timesInNanosecondsNeverReachIntoTheNextSentence() {
    Duration bound = Duration.ofNanos(1_500_499_999);
    List<Cue> cues =
        Captions.cues(
            List.of(
                new TimedSentence("One.", Duration.ZERO, bound),
                new TimedSentence("Two.", bound, Duration.ofSeconds(3))));

    assertFalse(cues.get(0).end().compareTo(bound) > 0);
    assertFalse(cues.get(1).start().compareTo(bound) < 0);
  }

  @Test
  void markupIsEscapedAndReadsBack() {
    String text = "Tom & <b>Ann</b> --> home";

    String vtt =
        Captions.webVtt(List.of(sentence(text, 0, 2000), sentence("x".repeat(60), 2000, 3000)));

    assertFalse(vtt.contains("<b>"));
    List<String> shown = readBack(vtt);
    assertEquals(text, shown.get(0));
    assertEquals("x".repeat(42) + " " + "x".repeat(18), shown.get(1));
  }

  @Test
  void aSentenceMustLast() {
    assertThrows(IllegalArgumentException.class, () -> sentence("Hm.", 1000, 1000));
    assertThrows(IllegalArgumentException.class, () -> sentence("Hm.", -1, 1000));
  }

  private static TimedSentence sentence(String text, long fromMs, long toMs) {
    return new TimedSentence(text, Duration.ofMillis(fromMs), Duration.ofMillis(toMs));
  }

  private static List<String> readBack(String vtt) {
    Matcher cue = Pattern.compile("\\d+\n[\\d:.]{12} --> [\\d:.]{12}\n((?:.+\n)+)").matcher(vtt);
    List<String> texts = new ArrayList<>();
    while (cue.find()) {
      texts.add(
          cue.group(1)
              .strip()
              .replace("\n", " ")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&amp;", "&"));
    }
    return texts;
  }
}
