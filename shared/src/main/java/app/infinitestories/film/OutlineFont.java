package app.infinitestories.film;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The outlines of a TrueType font in a WOFF 1 file (https://www.w3.org/TR/WOFF/,
 * https://learn.microsoft.com/typography/opentype/spec/). Read here and not by {@code
 * java.awt.Font}, which fails on machines without fontconfig, as servers are.
 */
final class OutlineFont {
  private static final int WOFF_SIGNATURE = 0x774F4646;
  private static final int WOFF_HEADER_BYTES = 44;
  private static final int WOFF_ENTRY_BYTES = 20;

  private static final int ON_CURVE = 1;
  private static final int X_SHORT = 2;
  private static final int Y_SHORT = 4;
  private static final int REPEAT = 8;
  private static final int X_SAME_OR_POSITIVE = 16;
  private static final int Y_SAME_OR_POSITIVE = 32;

  private static final int PART_WORDS = 1;
  private static final int PART_OFFSETS = 2;
  private static final int PART_SCALE = 8;
  private static final int PART_MORE = 32;
  private static final int PART_XY_SCALE = 64;
  private static final int PART_MATRIX = 128;
  private static final float F2DOT14 = 1 << 14;

  private final Map<String, ByteBuffer> tables = new HashMap<>();
  private final Map<Integer, Integer> glyphs = new HashMap<>();
  private final int unitsPerEm;
  private final boolean longOffsets;
  private final int metrics;

  private OutlineFont(byte[] woff) {
    unpack(ByteBuffer.wrap(woff));
    unitsPerEm = table("head").getShort(18) & 0xFFFF;
    longOffsets = table("head").getShort(50) != 0;
    metrics = table("hhea").getShort(34) & 0xFFFF;
    readCharacters();
  }

  static OutlineFont bundled(String name) {
    try (InputStream in = OutlineFont.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("font missing from the jar: " + name);
      }
      return new OutlineFont(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(int codePoint) {
    return glyphs.containsKey(codePoint);
  }

  /** Width in em. */
  double advance(int codePoint) {
    int index = Math.min(glyphs.getOrDefault(codePoint, 0), metrics - 1);
    return (double) (table("hmtx").getShort(index * 4) & 0xFFFF) / unitsPerEm;
  }

  /** Outline in em, the baseline at 0, y downwards. */
  Path2D outline(int codePoint) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    addGlyph(
        glyphs.getOrDefault(codePoint, 0),
        AffineTransform.getScaleInstance(1.0 / unitsPerEm, -1.0 / unitsPerEm),
        path);
    return path;
  }

  private ByteBuffer table(String tag) {
    ByteBuffer table = tables.get(tag);
    if (table == null) {
      throw new IllegalStateException("font without table " + tag);
    }
    return table;
  }

  private void unpack(ByteBuffer woff) {
    if (woff.getInt(0) != WOFF_SIGNATURE) {
      throw new IllegalStateException("not a WOFF 1 file");
    }
    int count = woff.getShort(12);
    for (int i = 0; i < count; i++) {
      int entry = WOFF_HEADER_BYTES + i * WOFF_ENTRY_BYTES;
      byte[] tag = new byte[4];
      woff.get(entry, tag);
      byte[] packed = new byte[woff.getInt(entry + 8)];
      woff.get(woff.getInt(entry + 4), packed);
      byte[] plain = inflated(packed, woff.getInt(entry + 12));
      tables.put(
          new String(tag, java.nio.charset.StandardCharsets.US_ASCII), ByteBuffer.wrap(plain));
    }
  }

  private static byte[] inflated(byte[] packed, int length) {
    if (packed.length == length) {
      return packed;
    }
    byte[] plain = new byte[length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      if (inflater.inflate(plain) != length) {
        throw new IllegalStateException("font table is cut off");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new IllegalStateException("font table is damaged", e);
    } finally {
      inflater.end();
    }
  }

  /** The Unicode subtable of format 4, that every font of the web has. */
  private void readCharacters() {
    ByteBuffer cmap = table("cmap");
    for (int i = 0; i < cmap.getShort(2); i++) {
      int at = cmap.getInt(4 + i * 8 + 4);
      if (cmap.getShort(at) == 4) {
        readSegments(cmap, at);
      }
    }
  }

  private void readSegments(ByteBuffer cmap, int at) {
    int doubled = cmap.getShort(at + 6) & 0xFFFF;
    int ends = at + 14;
    int starts = ends + doubled + 2;
    int deltas = starts + doubled;
    int offsets = deltas + doubled;
    for (int s = 0; s < doubled; s += 2) {
      int end = cmap.getShort(ends + s) & 0xFFFF;
      int start = cmap.getShort(starts + s) & 0xFFFF;
      int offset = cmap.getShort(offsets + s) & 0xFFFF;
      for (int code = start; code <= end && code != 0xFFFF; code++) {
        int glyph =
            offset == 0 ? code : cmap.getShort(offsets + s + offset + (code - start) * 2) & 0xFFFF;
        if (offset == 0 || glyph != 0) {
          glyph = glyph + cmap.getShort(deltas + s) & 0xFFFF;
        }
        if (glyph != 0) {
          glyphs.put(code, glyph);
        }
      }
    }
  }

  private int offsetOf(int glyph) {
    ByteBuffer loca = table("loca");
    return longOffsets ? loca.getInt(glyph * 4) : (loca.getShort(glyph * 2) & 0xFFFF) * 2;
  }

  private void addGlyph(int glyph, AffineTransform place, Path2D path) {
    int from = offsetOf(glyph);
    if (from == offsetOf(glyph + 1)) {
      return; // a space
    }
    ByteBuffer glyf = table("glyf").duplicate().position(from);
    int contours = glyf.getShort();
    glyf.position(from + 10);
    if (contours < 0) {
      addParts(glyf, place, path);
    } else {
      addContours(glyf, contours, place, path);
    }
  }

  /** An accented letter: a letter and its accent, each in its place. */
  private void addParts(ByteBuffer glyf, AffineTransform place, Path2D path) {
    int flags;
    do {
      flags = glyf.getShort();
      int glyph = glyf.getShort() & 0xFFFF;
      boolean words = (flags & PART_WORDS) != 0;
      int x = words ? glyf.getShort() : glyf.get();
      int y = words ? glyf.getShort() : glyf.get();
      float xx = 1;
      float yx = 0;
      float xy = 0;
      float yy = 1;
      if ((flags & PART_SCALE) != 0) {
        xx = glyf.getShort() / F2DOT14;
        yy = xx;
      } else if ((flags & PART_XY_SCALE) != 0) {
        xx = glyf.getShort() / F2DOT14;
        yy = glyf.getShort() / F2DOT14;
      } else if ((flags & PART_MATRIX) != 0) {
        xx = glyf.getShort() / F2DOT14;
        yx = glyf.getShort() / F2DOT14;
        xy = glyf.getShort() / F2DOT14;
        yy = glyf.getShort() / F2DOT14;
      }
      boolean offsets = (flags & PART_OFFSETS) != 0;
      AffineTransform part = new AffineTransform(place);
      part.concatenate(new AffineTransform(xx, yx, xy, yy, offsets ? x : 0, offsets ? y : 0));
      addGlyph(glyph, part, path);
    } while ((flags & PART_MORE) != 0);
  }

  private static void addContours(
      ByteBuffer glyf, int contours, AffineTransform place, Path2D path) {
    int[] ends = new int[contours];
    for (int i = 0; i < contours; i++) {
      ends[i] = glyf.getShort() & 0xFFFF;
    }
    int points = contours == 0 ? 0 : ends[contours - 1] + 1;
    glyf.position(glyf.getShort() + glyf.position());
    int[] flags = new int[points];
    for (int i = 0; i < points; i++) {
      flags[i] = glyf.get() & 0xFF;
      if ((flags[i] & REPEAT) != 0) {
        int repeats = glyf.get() & 0xFF;
        for (int r = 0; r < repeats; r++) {
          flags[i + 1] = flags[i];
          i++;
        }
      }
    }
    double[] xy = new double[points * 2];
    readAxis(glyf, flags, X_SHORT, X_SAME_OR_POSITIVE, xy, 0);
    readAxis(glyf, flags, Y_SHORT, Y_SAME_OR_POSITIVE, xy, 1);
    place.transform(xy, 0, xy, 0, points);
    int first = 0;
    for (int end : ends) {
      addContour(flags, xy, first, end, path);
      first = end + 1;
    }
  }

  private static void readAxis(
      ByteBuffer glyf, int[] flags, int isShort, int sameOrPositive, double[] xy, int axis) {
    int at = 0;
    for (int i = 0; i < flags.length; i++) {
      if ((flags[i] & isShort) != 0) {
        int step = glyf.get() & 0xFF;
        at += (flags[i] & sameOrPositive) != 0 ? step : -step;
      } else if ((flags[i] & sameOrPositive) == 0) {
        at += glyf.getShort();
      }
      xy[i * 2 + axis] = at;
    }
  }

  /** Between two control points lies an unwritten point on the curve. */
  private static void addContour(int[] flags, double[] xy, int first, int last, Path2D path) {
    int count = last - first + 1;
    if (count < 2) {
      return;
    }
    boolean startsOn = (flags[first] & ON_CURVE) != 0;
    boolean endsOn = (flags[last] & ON_CURVE) != 0;
    int origin = startsOn ? first : last;
    double startX = xy[origin * 2];
    double startY = xy[origin * 2 + 1];
    if (!startsOn && !endsOn) {
      startX = (xy[first * 2] + xy[last * 2]) / 2;
      startY = (xy[first * 2 + 1] + xy[last * 2 + 1]) / 2;
    }
    path.moveTo(startX, startY);
    double controlX = 0;
    double controlY = 0;
    boolean hasControl = false;
    for (int i = startsOn ? 1 : 0; i < count; i++) {
      int point = first + i;
      double x = xy[point * 2];
      double y = xy[point * 2 + 1];
      boolean on = (flags[point] & ON_CURVE) != 0;
      if (on && hasControl) {
        path.quadTo(controlX, controlY, x, y);
      } else if (on) {
        path.lineTo(x, y);
      } else if (hasControl) {
        path.quadTo(controlX, controlY, (controlX + x) / 2, (controlY + y) / 2);
      }
      hasControl = !on;
      controlX = x;
      controlY = y;
    }
    if (hasControl) {
      path.quadTo(controlX, controlY, startX, startY);
    }
    path.closePath();
  }
}
