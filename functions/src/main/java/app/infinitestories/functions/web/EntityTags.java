package app.infinitestories.functions.web;

import app.infinitestories.platform.Hashes;
import java.time.Duration;
import java.util.List;

/**
 * Strong entity tags of answers, and whether a client holds one already (<a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2</a>). A tag is made
 * of the answer's bytes, so that a 304 confirms exactly the body that would be sent now, signed
 * addresses included.
 */
final class EntityTags {
  static final int NOT_MODIFIED = 304;

  private static final int HASH_CHARACTERS = 32;
  private static final String WEAK = "W/";

  private EntityTags() {}

  /** The answer with its tag and how long anybody may keep it; a 304 for who has it already. */
  static Outgoing tagged(Outgoing answer, Incoming incoming, Duration fresh) {
    if (answer.status() != Status.OK.code()) {
      return answer;
    }
    String tag = of(answer.body());
    answer.headers().put("ETag", tag);
    answer.headers().put("Cache-Control", "public, max-age=" + fresh.toSeconds());
    if (!isAmong(incoming.headerValues("If-None-Match"), tag)) {
      return answer;
    }
    Outgoing unchanged = new Outgoing(NOT_MODIFIED, new byte[0]);
    unchanged.headers().putAll(answer.headers());
    unchanged.headers().remove("Content-Type"); // tells of a body, and there is none
    return unchanged;
  }

  static String of(byte[] body) {
    return '"' + Hashes.sha256(body).substring(0, HASH_CHARACTERS) + '"';
  }

  /**
   * Whether If-None-Match names the tag. The comparison is the weak one: a proxy that compresses an
   * answer makes its tag weak. A list that cannot be read names nothing.
   */
  static boolean isAmong(List<String> ifNoneMatch, String tag) {
    return ifNoneMatch.stream().anyMatch(list -> isAmong(list, tag));
  }

  private static boolean isAmong(String list, String tag) {
    if (list.strip().equals("*")) {
      return true;
    }
    int at = 0;
    while (at < list.length()) {
      at = skip(list, at, " \t,");
      if (list.startsWith(WEAK, at)) {
        at += WEAK.length();
      }
      // a comma inside the quotes is part of the tag
      int end = at < list.length() && list.charAt(at) == '"' ? list.indexOf('"', at + 1) : -1;
      if (end < 0) {
        return false;
      }
      if (list.substring(at, end + 1).equals(tag)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private static int skip(String text, int from, String these) {
    int at = from;
    while (at < text.length() && these.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }
}
