package app.infinitestories.purchases;

import app.infinitestories.platform.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * What an app hands to a store with a purchase, so that the store can tell whose it is without
 * learning the uid. The app computes the same; the profile keeps both, so that they can be found.
 */
public final class StoreAccountIds {
  /** The name space of {@link #apple}; apps have the same constant. */
  public static final UUID NAMESPACE = UUID.fromString("6f1ed0a4-5c0b-4d5e-9a0e-3b7a52f6c1d8");

  private StoreAccountIds() {}

  /** Apple's {@code appAccountToken}: the UUID of version 5 (RFC 9562) of the uid. */
  public static UUID apple(String uid) {
    byte[] name = uid.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input =
        ByteBuffer.allocate(16 + name.length)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .put(name);
    ByteBuffer hash = ByteBuffer.wrap(sha1(input.array()));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /** Google's {@code obfuscatedExternalAccountId}: SHA-256 of the uid as hex. */
  public static String google(String uid) {
    return Hashes.sha256(uid.getBytes(StandardCharsets.UTF_8));
  }

  // RFC 9562 prescribes SHA-1 for version 5; nothing is protected by it
  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
