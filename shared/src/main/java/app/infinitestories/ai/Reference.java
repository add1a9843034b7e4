package app.infinitestories.ai;

/** A picture that a new one must resemble, and in what. */
public record Reference(Role role, Media picture) {
  /** What is to be taken from a reference. */
  public enum Role {
    /** The hero: face, hair, clothes, colours. */
    HERO_SHEET,
    /** The picture before: light, place, style. */
    PREVIOUS_PICTURE
  }

  public static Reference sheet(Media picture) {
    return new Reference(Role.HERO_SHEET, picture);
  }

  public static Reference previous(Media picture) {
    return new Reference(Role.PREVIOUS_PICTURE, picture);
  }
}
