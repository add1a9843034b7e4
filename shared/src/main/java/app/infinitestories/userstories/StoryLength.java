package app.infinitestories.userstories;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How long a film is, in scenes of 35 to 60 spoken words. */
public enum StoryLength {
  SHORT(3),
  MEDIUM(5),
  LONG(7);

  private final int scenes;

  StoryLength(int scenes) {
    this.scenes = scenes;
  }

  public int scenes() {
    return scenes;
  }

  /** The word of the API. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The length of its word; IllegalArgumentException for anything else. */
  @JsonCreator
  public static StoryLength ofText(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
