package app.infinitestories.functions.api.userstories;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.userstories.UserStories;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/** Cursors of lists as clients carry them: opaque, URL-safe. */
final class Cursors {
  /** As our ids are; anything else would be a path or a reserved name to the store. */
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,100}");

  /** What the store can hold as a time; no list orders by anything outside. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Cursors() {}

  static String encode(UserStories.Item last) {
    String text = last.orderedAt() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Throws {@link Failure.BadInput} for anything that is no cursor of ours. */
  static UserStories.Cursor decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      if (space > 0 && ID.matcher(text.substring(space + 1)).matches()) {
        Instant at = Instant.parse(text.substring(0, space));
        if (!at.isBefore(FIRST) && !at.isAfter(LAST)) {
          return new UserStories.Cursor(at, text.substring(space + 1));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw noCursor();
    }
    throw noCursor();
  }

  private static Failure.BadInput noCursor() {
    return new Failure.BadInput("cursor", "is not a cursor that a list gave");
  }
}
