package app.infinitestories.files;

import com.google.cloud.firestore.DocumentSnapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An upload of a user, {@code users/{uid}/files/{fileId}}.
 *
 * @param width in pixels, once confirmed
 * @param height in pixels, once confirmed
 * @param durationSeconds of a recording, once confirmed
 */
public record Upload(
    String storageKey,
    String category,
    String mimeType,
    long fileSize,
    boolean confirmed,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double durationSeconds) {

  static Upload of(DocumentSnapshot document) {
    Long size = document.getLong("fileSize");
    return new Upload(
        text(document, "storageKey"),
        text(document, "category"),
        text(document, "mimeType"),
        size == null ? 0 : size,
        "confirmed".equals(document.getString("state")),
        number(document, "width"),
        number(document, "height"),
        document.getDouble("durationSeconds"));
  }

  private static String text(DocumentSnapshot document, String field) {
    return Objects.requireNonNull(document.getString(field), field);
  }

  private static @Nullable Integer number(DocumentSnapshot document, String field) {
    Long value = document.getLong(field);
    return value == null ? null : value.intValue();
  }
}
