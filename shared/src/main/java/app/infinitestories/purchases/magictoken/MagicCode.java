package app.infinitestories.purchases.magictoken;

import app.infinitestories.platform.Hashes;
import java.util.Locale;
import java.util.Random;

/**
 * A code: 130 random bits in Crockford's alphabet, which leaves out letters that look like others
 * (<a href="https://www.crockford.com/base32.html">base 32</a>). Kept nowhere but in the hand of
 * whoever has it.
 *
 * @param text 26 characters without separators
 */
public record MagicCode(String text) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int GROUP = 5;

  /** A new one; {@code random} must be of the kind that nobody can guess. */
  static MagicCode random(Random random) {
    var text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new MagicCode(text.toString());
  }

  /** What somebody typed, whatever it is: case, spaces and hyphens do not matter, nor O for 0. */
  public static MagicCode typed(String typed) {
    return new MagicCode(
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1'));
  }

  /** As it is shown: groups of five, which are easier to type. */
  public String shown() {
    var shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      shown.append(i > 0 && i % GROUP == 0 ? "-" : "").append(text.charAt(i));
    }
    return shown.toString();
  }

  /** What is kept in place of the code. */
  String hash() {
    return Hashes.sha256("magic-token", text);
  }

  @Override
  public String toString() {
    return "MagicCode[...]";
  }
}
