package app.infinitestories.ai;

import java.util.Arrays;
import java.util.Base64;

/** A picture, sound or film in memory with its MIME type. Never printed: it may show a child. */
public final class Media {
  private final byte[] bytes;
  private final String mimeType;

  private Media(byte[] bytes, String mimeType) {
    this.bytes = bytes;
    this.mimeType = mimeType;
  }

  /** Takes the array over; the caller must not change it any more. */
  public static Media of(byte[] bytes, String mimeType) {
    return new Media(bytes, mimeType);
  }

  public static Media png(byte[] bytes) {
    return new Media(bytes, "image/png");
  }

  /** The content itself, not a copy: read only. */
  public byte[] bytes() {
    return bytes;
  }

  public String mimeType() {
    return mimeType;
  }

  public int size() {
    return bytes.length;
  }

  /** The content as a {@code data:} URI with base64. */
  public String dataUri() {
    return "data:" + mimeType + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Media media
        && media.mimeType.equals(mimeType)
        && Arrays.equals(media.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return mimeType + " of " + bytes.length + " bytes";
  }
}
