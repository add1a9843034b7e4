package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Times;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The item that a page of a list in order of time ended with; clients carry it opaque and URL-safe.
 */
public record Cursor(Instant at, String id) {

  /** As clients get it. */
  public String encode() {
    String text = at + " " + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place in what a client sent.
   *
   * @throws Failure.BadInput for anything that is no cursor of ours
   */
  public static Cursor decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      if (space > 0 && Call.isId(text.substring(space + 1))) {
        Instant at = Instant.parse(text.substring(0, space));
        var _ = Times.timestamp(at); // throws for years that Firestore does not know
        return new Cursor(at, text.substring(space + 1));
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
