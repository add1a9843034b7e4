package app.infinitestories.platform;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** SHA-256 as lower-case hex: what an id from outside becomes before it names a document. */
public final class Hashes {
  private Hashes() {}

  /** 64 hex digits over the parts, separated so that ("ab","c") and ("a","bc") differ. */
  public static String sha256(String... parts) {
    var hasher = Hashing.sha256().newHasher();
    for (String part : parts) {
      hasher.putString(part, StandardCharsets.UTF_8).putByte((byte) 0);
    }
    return hasher.hash().toString();
  }

  /** 64 hex digits over the bytes. */
  public static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}
