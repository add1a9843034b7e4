package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a parent orders. Holds a child's data: never printed.
 *
 * @param age in years
 * @param video false for a film from pictures in motion, without clips
 */
public record StoryOrder(
    Photo photo,
    String name,
    int age,
    String genre,
    String language,
    String length,
    boolean video) {

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
    return JsonNodeFactory.instance
        .objectNode()
        .put("photo", storageKey)
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
