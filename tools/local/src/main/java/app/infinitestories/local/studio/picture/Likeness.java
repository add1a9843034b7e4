package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** Decides by pixels whether a picture shows a hero: hair, skin and clothes close together. */
final class Likeness {
  private static final int TOLERANCE = 7;
  private static final int COLUMNS = 48;

  private Likeness() {}

  static boolean shows(BufferedImage picture, HeroLook look) {
    int cell = Math.max(1, picture.getWidth() / COLUMNS);
    int columns = (picture.getWidth() + cell - 1) / cell;
    int rows = (picture.getHeight() + cell - 1) / cell;
    int[][] counts = new int[3][columns * rows];
    Color[] colours = {look.hair(), look.skin(), look.top()};
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    for (int i = 0; i < pixels.length; i++) {
      int place = (i / picture.getWidth() / cell) * columns + i % picture.getWidth() / cell;
      for (int c = 0; c < colours.length; c++) {
        if (near(pixels[i], colours[c])) {
          counts[c][place]++;
        }
      }
    }
    // A window a third of the page high holds head and body of any shot the studio draws.
    int side = Math.max(6, rows / 2);
    double enough = 0.005 * side * side * cell * cell;
    for (int y = 0; y + side <= rows; y += 2) {
      for (int x = 0; x + side <= columns; x += 2) {
        if (sum(counts[0], x, y, side, columns) > enough
            && sum(counts[1], x, y, side, columns) > enough
            && sum(counts[2], x, y, side, columns) > enough) {
          return true;
        }
      }
    }
    return false;
  }

  private static int sum(int[] counts, int x, int y, int side, int columns) {
    int sum = 0;
    for (int row = y; row < y + side; row++) {
      for (int column = x; column < x + side; column++) {
        sum += counts[row * columns + column];
      }
    }
    return sum;
  }

  private static boolean near(int rgb, Color colour) {
    return Math.abs(((rgb >> 16) & 255) - colour.getRed()) <= TOLERANCE
        && Math.abs(((rgb >> 8) & 255) - colour.getGreen()) <= TOLERANCE
        && Math.abs((rgb & 255) - colour.getBlue()) <= TOLERANCE;
  }
}
