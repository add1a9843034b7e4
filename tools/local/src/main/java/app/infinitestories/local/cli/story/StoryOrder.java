package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a parent orders. Holds a child's data: never printed.
 *
 * @param age in years
 * @param video false for a film from pictures in motion, without clips
 * @param appearance the hero in words; where photos stay here, it is drawn from these alone
 */
public record StoryOrder(
    Photo photo,
    String name,
    int age,
    String genre,
    String language,
    String length,
    boolean video,
    @Nullable String appearance) {

  /** A picture file as it lies on the phone. */
  public static final class Photo {
    private final String fileName;
    private final String mimeType;
    private final byte[] bytes;

    public Photo(String fileName, String mimeType, byte[] bytes) {
      this.fileName = fileName;
      this.mimeType = mimeType;
      this.bytes = bytes.clone();
    }

    String fileName() {
      return fileName;
    }

    String mimeType() {
      return mimeType;
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  /** The body of the submit. */
  ObjectNode body(String storageKey) {
    var body = JsonNodeFactory.instance.objectNode();
    if (appearance != null) {
      body.put("appearance", appearance);
    }
    return body.put("photo", storageKey)
        .put("name", name)
        .put("age", age)
        .put("genre", genre)
        .put("language", language)
        .put("length", length)
        .put("video", video)
        .put("guardianConsent", true);
  }

  @Override
  public String toString() {
    return "StoryOrder[redacted]";
  }
}
