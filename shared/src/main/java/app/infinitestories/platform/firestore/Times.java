package app.infinitestories.platform.firestore;

import com.google.cloud.Timestamp;
import java.time.Instant;

/** Between Firestore's timestamps and the product's instants; both know microseconds. */
public final class Times {
  private Times() {}

  public static Instant instant(Timestamp timestamp) {
    long seconds = timestamp.getSeconds();
    return Instant.ofEpochSecond(seconds, timestamp.getNanos());
  }

  public static Timestamp timestamp(Instant instant) {
    long seconds = instant.getEpochSecond();
    return Timestamp.ofTimeSecondsAndNanos(seconds, instant.getNano());
  }

  /** Microseconds since 1970: the {@code seq} of the Realtime Database nodes. */
  public static long micros(Timestamp timestamp) {
    long seconds = timestamp.getSeconds();
    return seconds * 1_000_000 + timestamp.getNanos() / 1_000;
  }
}
