package app.infinitestories.platform;

import java.security.SecureRandom;

/** Ids of 20 letters and digits (119 bits): short enough for a URL, too many to guess. */
public final class RandomIds implements IdSource {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 20;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String next() {
    var id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
