package app.infinitestories.functions.web;

import java.util.List;

/** The syntax of the Idempotency-Key header: 1 to 255 visible ASCII characters, once. */
final class IdempotencyKey {
  static final String HEADER = "Idempotency-Key";
  static final int LONGEST = 255;

  private IdempotencyKey() {}

  static void check(Incoming incoming, Problems problems) {
    List<String> values = incoming.headerValues(HEADER);
    if (values.size() > 1) {
      problems.add(HEADER, "must be sent once");
    } else if (!values.stream().allMatch(IdempotencyKey::isWellFormed)) {
      problems.add(HEADER, "must be 1 to " + LONGEST + " visible ASCII characters");
    }
  }

  private static boolean isWellFormed(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST
        && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
