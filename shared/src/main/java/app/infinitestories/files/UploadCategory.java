package app.infinitestories.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an upload is for: decides where it lies and how it is looked at. */
public enum UploadCategory {
  /** A child's photo, for the hero of a story: forgotten soon after. */
  PHOTO("photos"),
  /** A picture that stands for a person, square. */
  AVATAR("avatars"),
  /** A spoken idea for a story: forgotten soon after. */
  VOICE("voices");

  private final String folder;

  UploadCategory(String folder) {
    this.folder = folder;
  }

  /** The folder below {@code users/{uid}/}. */
  String folder() {
    return folder;
  }

  /** The word of the API and of the upload's document. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of its word; IllegalArgumentException for anything else. */
  public static UploadCategory ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Optional<UploadCategory> ofFolder(String folder) {
    return Arrays.stream(values()).filter(each -> each.folder.equals(folder)).findFirst();
  }
}
