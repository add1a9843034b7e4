package app.infinitestories.film;

/** What {@link PhotoIntake} says of an uploaded photo. */
public sealed interface PhotoCheck {

  /** A clean PNG: upright, at most 1536 px on its long side, nothing in it but pixels. */
  @SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
  record Usable(byte[] png, int width, int height) implements PhotoCheck {}

  /** The photo cannot be used; the reason can be told to the parent. */
  record Unusable(Reason reason) implements PhotoCheck {}

  /** Why a photo is refused. */
  enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** More than 10 MB. */
    TOO_MANY_BYTES,
    /** Neither PNG, JPEG nor WebP by its first bytes. */
    UNSUPPORTED_FORMAT,
    /** More than 40 megapixels by its header. */
    TOO_MANY_PIXELS,
    /** Too small to show a face: less than 64 px on a side. */
    TOO_SMALL,
    /** More than one frame. */
    ANIMATED,
    /** Cut off or broken. */
    DAMAGED
  }
}
