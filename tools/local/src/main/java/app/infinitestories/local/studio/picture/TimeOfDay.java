package app.infinitestories.local.studio.picture;

import java.awt.Color;

/**
 * The light of the page: sky colours from zenith to horizon, the sun's or moon's colour, the tint.
 */
enum TimeOfDay {
  DAWN("dawn sunrise daybreak", 0x7fa4d2, 0xf3c3b4, 0xffe6bf, 0xffd9a0, 0xffe3cf, 0.4),
  MORNING("morning breakfast", 0x86c1e6, 0xbfe0ea, 0xfdf0d4, 0xfff0c0, 0xfff3dc, 0.3),
  SUNSET(
      "sunset evening dusk twilight afternoon",
      0x64609c,
      0xe98d73,
      0xffd18a,
      0xffc46e,
      0xffc79a,
      0.55),
  STARRY("starry stars starlight galaxy", 0x10163f, 0x2b3579, 0x5f68a8, 0xfff3cc, 0x7684c4, 0.86),
  NIGHT(
      "night midnight moonlight moonlit bedtime dark",
      0x161d4c,
      0x35437f,
      0x7480b2,
      0xfff3cc,
      0x7f8cc6,
      0.84),
  DAY("day noon midday daytime daylight", 0x63afe0, 0xa6d8ee, 0xeef6e2, 0xfff4c4, 0xffffff, 0.0);

  final String words;
  private final int zenith;
  private final int middle;
  private final int horizon;
  private final int sun;
  private final int tint;
  private final double strength;

  TimeOfDay(String words, int zenith, int middle, int horizon, int sun, int tint, double strength) {
    this.words = words;
    this.zenith = zenith;
    this.middle = middle;
    this.horizon = horizon;
    this.sun = sun;
    this.tint = tint;
    this.strength = strength;
  }

  Color zenith() {
    return new Color(zenith);
  }

  Color middle() {
    return new Color(middle);
  }

  Color horizon() {
    return new Color(horizon);
  }

  Color sun() {
    return new Color(sun);
  }

  boolean dark() {
    return this == NIGHT || this == STARRY;
  }

  /** The colour under this light. */
  Color lit(Color c) {
    Color t = new Color(tint);
    Color multiplied =
        new Color(
            c.getRed() * t.getRed() / 255,
            c.getGreen() * t.getGreen() / 255,
            c.getBlue() * t.getBlue() / 255,
            c.getAlpha());
    return Brush.mix(c, multiplied, strength);
  }

  /**
   * The colour under this light behind the air of the given distance (0 near, 1 at the horizon).
   */
  Color hazed(Color c, double distance) {
    return Brush.mix(lit(c), Brush.mix(horizon(), middle(), 0.4), distance * 0.72);
  }
}
