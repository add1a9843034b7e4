package app.infinitestories.local.studio.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The provider's voices; each one sounds a little different here, too. */
public enum Voice {
  ALLOY(105, 1.0, ""),
  ASH(88, 0.97, "+m3"),
  BALLAD(112, 0.95, "+m1"),
  CORAL(148, 1.02, "+f2"),
  ECHO(92, 1.0, "+m2"),
  FABLE(122, 0.97, "+m4"),
  ONYX(76, 0.95, "+m7"),
  NOVA(156, 1.03, "+f3"),
  SAGE(138, 0.98, "+f1"),
  SHIMMER(165, 1.0, "+f4"),
  VERSE(98, 1.04, "+m5"),
  MARIN(150, 0.97, "+f5"),
  CEDAR(84, 0.98, "+m6");

  private final int pitchHertz;
  private final double pace;
  private final String variant;

  Voice(int pitchHertz, double pace, String variant) {
    this.pitchHertz = pitchHertz;
    this.pace = pace;
    this.variant = variant;
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Voice::label).toList();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  int pitchHertz() {
    return pitchHertz;
  }

  /** A factor on the story-telling pace. */
  double pace() {
    return pace;
  }

  /** The voice variant's suffix for espeak-ng. */
  String variant() {
    return variant;
  }
}
