package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Times;
import app.infinitestories.userstories.UserStories;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Cursors of lists as clients carry them: opaque, URL-safe. */
final class Cursors {
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
      if (space > 0 && Call.isId(text.substring(space + 1))) {
        Instant at = Instant.parse(text.substring(0, space));
        var _ = Times.timestamp(at); // throws for years that Firestore does not know
        return new UserStories.Cursor(at, text.substring(space + 1));
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
