package app.infinitestories.local.cli.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CaptionsTest {
  @Test
  void eachSentenceGetsItsShareOfTheTime() {
    var vtt = Captions.webVtt("Ja. Nein & so.", "de", 13);

    assertEquals(
        """
        WEBVTT

        00:00:00.000 --> 00:00:03.000
        Ja.

        00:00:03.000 --> 00:00:13.000
        Nein &amp; so.
        """,
        vtt);
  }

  @Test
  void aLongOneCountsMinutesAndHours() {
    var vtt = Captions.webVtt("Once.", "en", 3_725.5);

    assertEquals("00:00:00.000 --> 01:02:05.500", vtt.lines().toList().get(2));
  }
}
