package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a parent orders. Holds a child's data: never printed.
 *
 * @param idea a recording of what the story may be about
 * @param age in years
 * @param secondLanguage of a second track of captions
 * @param video false for a film from pictures in motion, without clips
 * @param appearance the hero in words; where photos stay here, it is drawn from these alone
 * @param ask the parent sees script and pictures before the film is made
 */
public record StoryOrder(
    Attachment photo,
    @Nullable Attachment idea,
    String name,
    int age,
    String genre,
    String language,
    @Nullable String secondLanguage,
    String length,
    boolean video,
    @Nullable String appearance,
    boolean ask) {

  /** The body of the submit, which names what was uploaded by its storage keys. */
  ObjectNode body(String photoKey, @Nullable String ideaKey) {
    var body = JsonNodeFactory.instance.objectNode();
    putUnlessNull(body, "appearance", appearance);
    putUnlessNull(body, "voiceIdea", ideaKey);
    putUnlessNull(body, "secondLanguage", secondLanguage);
    return body.put("photo", photoKey)
        .put("name", name)
        .put("age", age)
        .put("genre", genre)
        .put("language", language)
        .put("length", length)
        .put("video", video)
        .put("requireApproval", ask)
        .put("guardianConsent", true);
  }

  private static void putUnlessNull(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  @Override
  public String toString() {
    return "StoryOrder[redacted]";
  }
}
