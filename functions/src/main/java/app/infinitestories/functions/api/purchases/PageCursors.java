package app.infinitestories.functions.api.purchases;

import app.infinitestories.functions.web.Call;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Times;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Cursors of lists in order of time, as clients carry them: opaque, URL-safe. */
final class PageCursors {
  private PageCursors() {}

  /** The item that a page ended with. */
  record Place(Instant at, String id) {}

  static String encode(Place last) {
    String text = last.at() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place in a cursor.
   *
   * @throws Failure.BadInput for anything that is no cursor of ours
   */
  static Place decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      if (space > 0 && Call.isId(text.substring(space + 1))) {
        Instant at = Instant.parse(text.substring(0, space));
        var _ = Times.timestamp(at); // throws for years that Firestore does not know
        return new Place(at, text.substring(space + 1));
      }
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      throw noCursor();
    }
    throw noCursor();
  }

  private static Failure.BadInput noCursor() {
    return new Failure.BadInput("cursor", "is not a cursor that a list gave");
  }
}
