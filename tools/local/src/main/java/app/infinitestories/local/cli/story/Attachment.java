package app.infinitestories.local.cli.story;

import java.util.Locale;

/** A picture or a recording as it lies on the phone. */
public final class Attachment {
  private final Category category;
  private final String fileName;
  private final String mimeType;
  private final byte[] bytes;

  /** What it is for. */
  public enum Category {
    PHOTO("photo"),
    VOICE("recording");

    private final String noun;

    Category(String noun) {
      this.noun = noun;
    }

    /** The API's word. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Attachment(Category category, String fileName, String mimeType, byte[] bytes) {
    this.category = category;
    this.fileName = fileName;
    this.mimeType = mimeType;
    this.bytes = bytes.clone();
  }

  Category category() {
    return category;
  }

  /** For sentences: "the photo". */
  String noun() {
    return "the " + category.noun;
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
