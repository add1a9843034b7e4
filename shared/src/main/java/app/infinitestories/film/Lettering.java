package app.infinitestories.film;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets text in Fraunces (SIL Open Font License) as shapes. Letters that the font lacks lose their
 * accents; what is then still unknown, such as an emoji, is left out.
 */
final class Lettering {
  /** For titles. */
  static final Lettering BOLD =
      new Lettering("fraunces-latin-600-normal.woff", "fraunces-latin-ext-600-normal.woff");

  /** For dedications. */
  static final Lettering REGULAR =
      new Lettering("fraunces-latin-400-normal.woff", "fraunces-latin-ext-400-normal.woff");

  private final List<OutlineFont> fonts = new ArrayList<>();

  private Lettering(String... names) {
    for (String name : names) {
      fonts.add(OutlineFont.bundled(name));
    }
  }

  /** Width of a line in px. */
  double width(String line, double sizePx) {
    double width = 0;
    for (int codePoint : printable(line).codePoints().toArray()) {
      width += fontFor(codePoint).advance(codePoint);
    }
    return width * sizePx;
  }

  /** The line's shape, centred at {@code centreX}, standing on {@code baselineY}. */
  Path2D centred(String line, double sizePx, double centreX, double baselineY) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double x = centreX - width(line, sizePx) / 2;
    for (int codePoint : printable(line).codePoints().toArray()) {
      OutlineFont font = fontFor(codePoint);
      AffineTransform place = AffineTransform.getTranslateInstance(x, baselineY);
      place.scale(sizePx, sizePx);
      path.append(font.outline(codePoint).getPathIterator(place), false);
      x += font.advance(codePoint) * sizePx;
    }
    return path;
  }

  /** Lines of about the same width, none wider than {@code maxWidthPx} unless a word is. */
  List<String> wrapped(String text, double sizePx, double maxWidthPx) {
    List<String> words = List.of(printable(text).strip().split("\\s+"));
    int lines = wrappedAt(words, sizePx, maxWidthPx).size();
    double width = maxWidthPx;
    while (width > sizePx && wrappedAt(words, sizePx, width - sizePx / 4).size() == lines) {
      width -= sizePx / 4;
    }
    return wrappedAt(words, sizePx, width);
  }

  private List<String> wrappedAt(List<String> words, double sizePx, double maxWidthPx) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : words) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, sizePx) > maxWidthPx) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }

  /** Only what the font can draw, white space made one space. */
  String printable(String text) {
    StringBuilder out = new StringBuilder();
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    composed.codePoints().forEach(codePoint -> appendPrintable(codePoint, out));
    return out.toString();
  }

  private void appendPrintable(int codePoint, StringBuilder out) {
    if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
      out.append(' ');
    } else if (fonts.stream().anyMatch(font -> font.has(codePoint))) {
      out.appendCodePoint(codePoint);
    } else {
      String bare =
          Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
              .replaceAll("\\p{M}+", "");
      bare.codePoints()
          .filter(c -> fonts.stream().anyMatch(font -> font.has(c)))
          .forEach(out::appendCodePoint);
    }
  }

  private OutlineFont fontFor(int codePoint) {
    for (OutlineFont font : fonts) {
      if (font.has(codePoint)) {
        return font;
      }
    }
    return fonts.getFirst();
  }
}
