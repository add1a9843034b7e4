package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds hair, skin, eye and clothes colours in a centred portrait: skin is looked for in the upper
 * middle, hair around it, clothes below; in each region the strongest cluster wins.
 */
final class PhotoReader {
  private static final int LONG_SIDE = 150;
  private static final Color DEFAULT_SKIN = new Color(0xe8bd98);

  private final int width;
  private final int height;
  private final int[] pixels;
  private final List<Color> background;

  private PhotoReader(BufferedImage photo) {
    double scale = LONG_SIDE / (double) Math.max(photo.getWidth(), photo.getHeight());
    this.width = Math.max(8, (int) Math.round(photo.getWidth() * scale));
    this.height = Math.max(8, (int) Math.round(photo.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    // halving step by step averages all pixels instead of picking some
    BufferedImage from = photo;
    while (from.getWidth() > 2 * width && from.getHeight() > 2 * height) {
      BufferedImage half =
          new BufferedImage(from.getWidth() / 2, from.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
      Graphics2D h = half.createGraphics();
      h.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      h.drawImage(from, 0, 0, half.getWidth(), half.getHeight(), null);
      h.dispose();
      from = half;
    }
    g.drawImage(from, 0, 0, width, height, null);
    g.dispose();
    this.pixels = small.getRGB(0, 0, width, height, null, 0, width);
    List<Color> border = new ArrayList<>();
    collect(border, 0, 0.1, 0, 0.55);
    collect(border, 0.9, 1, 0, 0.55);
    collect(border, 0, 1, 0, 0.05);
    this.background = clusters(border, 6).stream().map(Cluster::colour).toList();
  }

  /** A group of similar pixels and its share of the region. */
  record Cluster(Color colour, double share) {}

  static HeroLook read(BufferedImage photo) {
    return new PhotoReader(photo).look();
  }

  private HeroLook look() {
    Color skin = skin();
    int[] face = face(skin);
    int faceX = face[0];
    int faceY = face[1];
    int half = face[2];
    Color hair = hair(skin, faceX, faceY, half);
    Color top = clothes(skin, hair);
    Color eyes = eyes(skin, hair, faceX, faceY, half);
    double light = (top.getRed() * 3 + top.getGreen() * 6 + top.getBlue()) / 2550.0;
    Color bottom = light > 0.45 ? new Color(0x34497c) : new Color(0xd8c3a0);
    if (ColourWords.distance(bottom, top) < 120) {
      bottom = new Color(0x86603f);
    }
    HairStyle style = style(hair, skin, faceX, faceY, half);
    Outfit[] outfits = Outfit.values();
    Outfit outfit = outfits[Math.floorMod(top.getRGB() * 31 + hair.getRGB(), outfits.length)];
    return new HeroLook(hair, skin, eyes, top, bottom, style, outfit, false);
  }

  private Color skin() {
    List<Color> centre = new ArrayList<>();
    collect(centre, 0.34, 0.66, 0.22, 0.6);
    List<Color> likely = centre.stream().filter(PhotoReader::skinLike).toList();
    if (likely.size() < centre.size() / 30) {
      return DEFAULT_SKIN;
    }
    return clusters(likely, 3).getFirst().colour();
  }

  private static boolean skinLike(Color c) {
    float[] hsb = Color.RGBtoHSB(c.getRed(), c.getGreen(), c.getBlue(), null);
    boolean warm = hsb[0] < 0.13 || hsb[0] > 0.97;
    return warm && hsb[1] > 0.1 && hsb[1] < 0.68 && hsb[2] > 0.22 && c.getRed() > c.getBlue();
  }

  /** Centre and half width of the face, in reduced pixels. */
  private int[] face(Color skin) {
    List<Integer> xs = new ArrayList<>();
    List<Integer> ys = new ArrayList<>();
    for (int y = height / 8; y < height * 7 / 10; y++) {
      for (int x = width / 5; x < width * 4 / 5; x++) {
        Color c = colour(x, y);
        boolean near = ColourWords.distance(c, skin) < 60;
        if (near && !isBackground(c)) {
          xs.add(x);
          ys.add(y);
        }
      }
    }
    if (xs.size() < 20) {
      return new int[] {width / 2, height * 2 / 5, width / 6};
    }
    xs.sort(null);
    ys.sort(null);
    int n = xs.size();
    int half = Math.max(4, (xs.get(n * 9 / 10) - xs.get(n / 10)) * 5 / 8);
    return new int[] {xs.get(n / 2), ys.get(n * 2 / 5), half};
  }

  private Color hair(Color skin, int faceX, int faceY, int half) {
    List<Color> ring = new ArrayList<>();
    for (int y = Math.max(0, faceY - 3 * half); y < Math.min(height, faceY + half / 2); y++) {
      for (int x = Math.max(0, faceX - 2 * half); x < Math.min(width, faceX + 2 * half); x++) {
        double d = Math.hypot((x - faceX) / 1.0, (y - faceY) / 1.15);
        Color c = colour(x, y);
        if (d > half * 0.9
            && d < half * 1.75
            && even(x, y)
            && !isBackground(c)
            && ColourWords.distance(c, skin) > 75) {
          ring.add(c);
        }
      }
    }
    if (ring.size() < 12) {
      return Brush.shade(skin, 0.75);
    }
    return clusters(ring, 4).getFirst().colour();
  }

  private Color clothes(Color skin, Color hair) {
    List<Color> below = new ArrayList<>();
    for (int y = height * 76 / 100; y < height * 98 / 100; y++) {
      for (int x = width * 25 / 100; x < width * 75 / 100; x++) {
        Color c = colour(x, y);
        if (even(x, y)
            && ColourWords.distance(c, skin) > 55
            && ColourWords.distance(c, hair) > 45) {
          below.add(c);
        }
      }
    }
    if (below.size() < 12) {
      collect(below, 0.3, 0.7, 0.82, 0.98);
    }
    return clusters(below, 4).getFirst().colour();
  }

  private Color eyes(Color skin, Color hair, int faceX, int faceY, int half) {
    List<Color> found = new ArrayList<>();
    for (int y = faceY - half * 3 / 5; y < faceY + half / 2; y++) {
      for (int x = faceX - half * 3 / 4; x < faceX + half * 3 / 4; x++) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
          continue;
        }
        Color c = colour(x, y);
        float[] hsb = Color.RGBtoHSB(c.getRed(), c.getGreen(), c.getBlue(), null);
        boolean coloured = hsb[1] > 0.22 && hsb[2] > 0.2 && hsb[0] > 0.16 && hsb[0] < 0.75;
        if (coloured && ColourWords.distance(c, skin) > 90 && ColourWords.distance(c, hair) > 70) {
          found.add(c);
        }
      }
    }
    if (found.size() >= 4) {
      return clusters(found, 2).getFirst().colour();
    }
    boolean fair = hair.getRed() + hair.getGreen() + hair.getBlue() > 430;
    return fair ? new Color(0x4a86c5) : new Color(0x6b4226);
  }

  /** Long when hair goes on beside and below the chin, curly when the mass of hair is wide. */
  private HairStyle style(Color hair, Color skin, int faceX, int faceY, int half) {
    double beside =
        share(hair, faceX - half * 9 / 5, faceX - half * 4 / 5, faceY + half, faceY + half * 2)
            + share(
                hair, faceX + half * 4 / 5, faceX + half * 9 / 5, faceY + half, faceY + half * 2);
    double wide =
        share(hair, faceX - half * 2, faceX - half * 5 / 4, faceY - half, faceY + half / 2)
            + share(hair, faceX + half * 5 / 4, faceX + half * 2, faceY - half, faceY + half / 2);
    if (beside > 0.35) {
      return HairStyle.LONG;
    }
    if (wide > 0.3) {
      return HairStyle.CURLY;
    }
    HairStyle[] others =
        beside > 0.12
            ? new HairStyle[] {HairStyle.BOB, HairStyle.BRAIDS}
            : new HairStyle[] {HairStyle.SHORT, HairStyle.BUNS, HairStyle.PONYTAIL};
    return others[Math.floorMod(hair.getRGB() + 17 * skin.getRGB(), others.length)];
  }

  private double share(Color colour, int x0, int x1, int y0, int y1) {
    int hits = 0;
    int all = 0;
    for (int y = Math.max(0, y0); y < Math.min(height, y1); y++) {
      for (int x = Math.max(0, x0); x < Math.min(width, x1); x++) {
        all++;
        if (ColourWords.distance(colour(x, y), colour) < 80) {
          hits++;
        }
      }
    }
    return all == 0 ? 0 : hits / (double) all;
  }

  /** Away from edges: outlines and blended borders would muddy the colours. */
  private boolean even(int x, int y) {
    if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) {
      return false;
    }
    Color c = colour(x, y);
    return ColourWords.distance(c, colour(x - 1, y)) < 30
        && ColourWords.distance(c, colour(x + 1, y)) < 30
        && ColourWords.distance(c, colour(x, y - 1)) < 30
        && ColourWords.distance(c, colour(x, y + 1)) < 30;
  }

  private boolean isBackground(Color c) {
    return background.stream().anyMatch(b -> ColourWords.distance(b, c) < 42);
  }

  private Color colour(int x, int y) {
    return new Color(pixels[y * width + x]);
  }

  private void collect(List<Color> into, double x0, double x1, double y0, double y1) {
    for (int y = (int) (height * y0); y < Math.min(height, (int) Math.ceil(height * y1)); y++) {
      for (int x = (int) (width * x0); x < Math.min(width, (int) Math.ceil(width * x1)); x++) {
        into.add(colour(x, y));
      }
    }
  }

  /** K-means in RGB from evenly spaced brightnesses; the largest cluster comes first. */
  static List<Cluster> clusters(List<Color> colours, int k) {
    if (colours.isEmpty()) {
      return List.of(new Cluster(DEFAULT_SKIN, 0));
    }
    List<Color> sorted = new ArrayList<>(colours);
    sorted.sort((a, b) -> Integer.compare(sum(a), sum(b)));
    double[][] centres = new double[k][];
    for (int i = 0; i < k; i++) {
      Color c = sorted.get((2 * i + 1) * sorted.size() / (2 * k));
      centres[i] = new double[] {c.getRed(), c.getGreen(), c.getBlue()};
    }
    int[] members = new int[k];
    for (int round = 0; round < 9; round++) {
      double[][] sums = new double[k][3];
      Arrays.fill(members, 0);
      for (Color c : sorted) {
        int best = nearest(centres, c);
        members[best]++;
        sums[best][0] += c.getRed();
        sums[best][1] += c.getGreen();
        sums[best][2] += c.getBlue();
      }
      for (int i = 0; i < k; i++) {
        if (members[i] > 0) {
          centres[i] =
              new double[] {
                sums[i][0] / members[i], sums[i][1] / members[i], sums[i][2] / members[i]
              };
        }
      }
    }
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      Color centre =
          new Color(
              (int) Math.round(centres[i][0]),
              (int) Math.round(centres[i][1]),
              (int) Math.round(centres[i][2]));
      clusters.add(new Cluster(centre, members[i] / (double) sorted.size()));
    }
    clusters.sort((a, b) -> Double.compare(b.share(), a.share()));
    return clusters;
  }

  private static int sum(Color c) {
    return c.getRed() + c.getGreen() + c.getBlue();
  }

  private static int nearest(double[][] centres, Color c) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < centres.length; i++) {
      double dr = centres[i][0] - c.getRed();
      double dg = centres[i][1] - c.getGreen();
      double db = centres[i][2] - c.getBlue();
      double d = dr * dr + dg * dg + db * db;
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }
}
