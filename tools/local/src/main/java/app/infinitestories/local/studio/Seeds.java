package app.infinitestories.local.studio;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Turns what was asked for into a seed: the same request gets the same answer. */
public final class Seeds {
  private Seeds() {}

  public static long of(long studioSeed, String... asked) {
    Hasher hasher = Hashing.farmHashFingerprint64().newHasher().putLong(studioSeed);
    for (String part : asked) {
      hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
    }
    return hasher.hash().asLong();
  }
}
