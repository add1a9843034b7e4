package app.infinitestories.files;

import app.infinitestories.film.PhotoCheck;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.film.VoiceCheck;
import app.infinitestories.film.VoiceIntake;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import java.util.Map;

/** Makes of what arrived what may be used, by the category that it was announced for. */
final class Cleaning {
  private final PhotoIntake photos;
  private final VoiceIntake voices;

  Cleaning(PhotoIntake photos, VoiceIntake voices) {
    this.photos = photos;
    this.voices = voices;
  }

  /**
   * A clean file.
   *
   * @param facts what the upload's document tells of it
   */
  @SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
  record Clean(byte[] bytes, String mimeType, Map<String, Object> facts) {}

  /**
   * The file, clean.
   *
   * @throws Failure.Unprocessable with the reason when it cannot be used
   */
  Clean of(UploadCategory category, byte[] arrived) {
    return switch (category) {
      case PHOTO -> photo(photos.check(arrived));
      case AVATAR -> photo(photos.checkPortrait(arrived));
      case VOICE -> recording(voices.check(arrived));
    };
  }

  /** More arrived than any file may have. */
  static Failure.Unprocessable tooLarge(UploadCategory category) {
    return switch (category) {
      case PHOTO, AVATAR -> unusable(new PhotoCheck.Unusable(PhotoCheck.Reason.TOO_MANY_BYTES));
      case VOICE -> unusable(new VoiceCheck.Unusable(VoiceCheck.Reason.TOO_MANY_BYTES));
    };
  }

  private static Clean photo(PhotoCheck check) {
    return switch (check) {
      case PhotoCheck.Unusable unusable -> throw unusable(unusable);
      case PhotoCheck.Usable usable ->
          new Clean(
              usable.png(),
              "image/png",
              Map.of("width", (long) usable.width(), "height", (long) usable.height()));
    };
  }

  private static Clean recording(VoiceCheck check) {
    return switch (check) {
      case VoiceCheck.Unusable unusable -> throw unusable(unusable);
      case VoiceCheck.Usable usable ->
          new Clean(
              usable.mp3(),
              "audio/mpeg",
              Map.of("durationSeconds", usable.length().toMillis() / 1000.0));
    };
  }

  private static Failure.Unprocessable unusable(PhotoCheck.Unusable photo) {
    return unusable(
        FailureCode.PHOTO_UNUSABLE, "This picture cannot be used.", photo.reason().name());
  }

  private static Failure.Unprocessable unusable(VoiceCheck.Unusable recording) {
    return unusable(
        FailureCode.RECORDING_UNUSABLE,
        "This recording cannot be used.",
        recording.reason().name());
  }

  private static Failure.Unprocessable unusable(FailureCode code, String sentence, String reason) {
    return new Failure.Unprocessable(code, sentence, Map.of("reason", reason));
  }
}
