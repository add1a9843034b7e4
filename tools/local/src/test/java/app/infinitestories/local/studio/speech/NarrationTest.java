package app.infinitestories.local.studio.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.media.Pcm;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private static final String STORY =
      "Once upon a time, a small fox named Rika lived by the river. Every evening she counted the"
          + " stars, and every evening one star was missing. So she packed three apples and a blue"
          + " lantern, and set out to find it before the morning came.";
  private static final Narration NARRATION = new Narration();

  @Test
  void englishIsReadAtACalmPace() {
    Spoken spoken = NARRATION.read(STORY, Language.EN, Voice.NOVA, 1.0);

    double wordsPerMinute = STORY.split(" ", -1).length / spoken.sound().seconds() * 60;
    assertTrue(wordsPerMinute > 130 && wordsPerMinute < 170, "pace: " + wordsPerMinute);
  }

  @Test
  void aFasterSpeedIsShorter() {
    double calm = NARRATION.read(STORY, Language.EN, Voice.NOVA, 1.0).sound().seconds();
    double fast = NARRATION.read(STORY, Language.EN, Voice.NOVA, 1.5).sound().seconds();

    assertEquals(1.5, calm / fast, 0.15);
  }

  @Test
  void theSoundIsLoudWithoutClippingAndEndsInAQuarterSecondOfSilence() {
    short[] samples = NARRATION.read(STORY, Language.EN, Voice.FABLE, 1.0).sound().samples();

    int loudest = 0;
    for (short sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    assertTrue(loudest > 26_000 && loudest < 29_000, "loudest: " + loudest);
    for (int i = samples.length - Pcm.RATE / 4; i < samples.length; i++) {
      assertEquals(0, samples[i]);
    }
  }

  @Test
  void sentencesAreTimedInOrderWithPausesBetween() {
    Spoken spoken = NARRATION.read(STORY, Language.EN, Voice.NOVA, 1.0);

    assertEquals(3, spoken.sentences().size());
    double end = -1;
    for (Spoken.Timed sentence : spoken.sentences()) {
      assertTrue(sentence.start() > end);
      end = sentence.end();
    }
    assertEquals(spoken.sound().seconds() - 0.25, end, 0.01);
  }

  @Test
  void theSameTextInTheSameVoiceSoundsTheSame() {
    short[] first = NARRATION.read(STORY, Language.EN, Voice.ALLOY, 1.0).sound().samples();
    short[] again = NARRATION.read(STORY, Language.EN, Voice.ALLOY, 1.0).sound().samples();
    short[] other = NARRATION.read(STORY, Language.EN, Voice.ONYX, 1.0).sound().samples();

    assertTrue(Arrays.equals(first, again));
    assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(other));
  }

  @Test
  void oddCharactersDoNotStopTheReader() {
    Spoken spoken =
        NARRATION.read(
            "\u201cOh \u2014 Zo\u00eb!\u201d said {{HERO}} \ud83e\udd8a\u2026 It\u2019s 12 o\u2019clock. ***",
            Language.EN,
            Voice.ECHO,
            1.0);

    assertTrue(spoken.sound().seconds() > 1.5);
  }

  @Test
  void theLanguageIsToldFromTheText() {
    assertEquals(Language.EN, Language.of(STORY, ""));
    assertEquals(
        Language.ES,
        Language.of("Había una vez un zorro que vivía en el bosque con su hermana", ""));
    assertEquals(
        Language.FR, Language.of("Il était une fois un renard qui vivait dans la forêt", ""));
    assertEquals(
        Language.DE, Language.of("Es war einmal ein Fuchs, der lebte mit den Mäusen im Wald", ""));
    assertEquals(
        Language.IT,
        Language.of("C'era una volta una volpe che viveva nel bosco con gli amici", ""));
  }

  @Test
  void theInstructionsSettleTheLanguage() {
    assertEquals(Language.IT, Language.of("Ciao!", "Read calmly, in Italian."));
  }

  @Test
  void aMissingProgramIsNamedWithHowToGetIt() {
    Narration without = new Narration("espeak-ng-that-is-not-installed");

    SpeechUnavailable error =
        assertThrows(
            SpeechUnavailable.class,
            () -> without.read("Buenas noches.", Language.ES, Voice.NOVA, 1.0));

    assertTrue(error.advice().contains("apt install espeak-ng"), error.advice());
  }

  @Test
  void theOtherLanguagesAreSpokenWhereEspeakNgIsInstalled() {
    Assumptions.assumeTrue(installed("espeak-ng"), "espeak-ng is not on the PATH");

    for (Language language : List.of(Language.ES, Language.FR, Language.DE, Language.IT)) {
      Spoken spoken = NARRATION.read("Ana 12 Maria Luna. Rosa Nino.", language, Voice.SHIMMER, 1.0);

      assertEquals(2, spoken.sentences().size());
      assertTrue(spoken.sound().seconds() > 1.5, language + ": " + spoken.sound().seconds());
    }
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
