package app.infinitestories.local.studio.openai;

/** Estimates of tokens, close enough for cost figures to look real. */
final class Tokens {
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int TILE = 512;

  private Tokens() {}

  static int ofText(String text) {
    return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  /** Tokens of a picture given as input: a base and a price per tile, shortest side 512 pixels. */
  static int ofPicture(int width, int height) {
    double scale = Math.min(1.0, TILE / (double) Math.min(width, height));
    int across = (int) Math.ceil(width * scale / TILE);
    int down = (int) Math.ceil(height * scale / TILE);
    return 65 + 129 * across * down;
  }

  /** Tokens of a picture that is made; the table is for 1024 x 1024 pixels. */
  static int ofMadePicture(String quality, int width, int height) {
    int square =
        switch (quality) {
          case "low" -> 196;
          case "high" -> 1_756;
          case "xhigh" -> 3_122;
          case "max" -> 7_024;
          default -> 439;
        };
    return (int) Math.round(square * (width * (double) height) / (1024 * 1024));
  }
}
