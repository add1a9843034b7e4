package app.infinitestories.users;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants changed in their profile; all that is not named stays.
 *
 * @param fields display name and language by the names that the profile's document gives them; null
 *     clears one
 * @param consent true when the guardian agrees, false when they withdraw, null without a word
 */
public record ProfileChange(Map<String, @Nullable Object> fields, @Nullable Boolean consent) {
  /** Nothing yet. */
  public static final ProfileChange NONE = new ProfileChange(Map.of(), null);

  /** With another name, or without one. */
  public ProfileChange named(@Nullable String displayName) {
    return with("displayName", displayName);
  }

  /** In another language. */
  public ProfileChange in(String language) {
    return with("language", language);
  }

  /** With the guardian's yes or no. */
  public ProfileChange consenting(boolean yes) {
    return new ProfileChange(fields, yes);
  }

  private ProfileChange with(String field, @Nullable Object value) {
    Map<String, @Nullable Object> more = new HashMap<>(fields);
    more.put(field, value);
    return new ProfileChange(more, consent);
  }

  @Override
  public String toString() {
    return "ProfileChange" + fields.keySet();
  }
}
