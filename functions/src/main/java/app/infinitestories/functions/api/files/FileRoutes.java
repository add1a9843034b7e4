package app.infinitestories.functions.api.files;

import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.files.Upload;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.files.Uploads;
import app.infinitestories.functions.web.About;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.OneOf;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.ratelimit.RateLimit;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v2/files}: an address to put a file to, and the check of what arrived. */
public final class FileRoutes implements RouteGroup {
  private final Uploads uploads;

  public FileRoutes(Uploads uploads) {
    this.uploads = uploads;
  }

  /** A file that is about to be sent; its size in bytes. */
  record UploadRequest(
      @NotBlank @Size(max = 255) String fileName,
      @NotNull
          @OneOf({
            "image/png",
            "image/jpeg",
            "image/webp",
            "audio/mpeg",
            "audio/mp4",
            "audio/wav",
            "audio/webm"
          })
          String mimeType,
      @NotNull @Min(1) @Max(Uploads.MAX_BYTES) Long fileSize,
      @NotNull @OneOf({"photo", "avatar", "voice"}) String category) {
    @AssertTrue(message = "must be audio for category voice, and a picture for any other")
    @About("mimeType")
    boolean isOfItsCategory() {
      return mimeType.startsWith("voice".equals(category) ? "audio/" : "image/");
    }
  }

  /** Where to put it. The client must send these headers with its PUT. */
  record UploadOffer(
      String uploadUrl,
      String storageKey,
      @Nullable String publicUrl,
      Map<String, String> headers,
      Instant expiresAt) {}

  /** A file that was sent. */
  record ConfirmRequest(@NotBlank @Size(max = 300) String storageKey) {}

  /** A file that may be used. */
  record ConfirmedFile(
      String storageKey,
      String category,
      String mimeType,
      long fileSize,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double durationSeconds) {}

  /** The answer of a confirmation. */
  record Confirmed(ConfirmedFile file) {}

  @Override
  public void mount(Routes r) {
    r.post("/files/upload")
        .auth(USER)
        .limit(RateLimit.READS)
        .body(UploadRequest.class)
        .returns(Status.OK, UploadOffer.class)
        .to(this::offer);
    r.post("/files/confirm")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(ConfirmRequest.class)
        .returns(Status.OK, Confirmed.class)
        .fails(
            FailureCode.NOT_FOUND,
            FailureCode.UPLOAD_NOT_CONFIRMED,
            FailureCode.PHOTO_UNUSABLE,
            FailureCode.RECORDING_UNUSABLE)
        .to(this::confirm);
  }

  private UploadOffer offer(Call<User> call, UploadRequest body) {
    Uploads.Offer offer =
        uploads.offer(
            call.user().uid(),
            UploadCategory.ofWord(body.category()),
            body.mimeType(),
            body.fileSize());
    return new UploadOffer(
        offer.upload().url().toString(),
        offer.storageKey(),
        null,
        offer.upload().headers(),
        offer.upload().expiresAt());
  }

  private Confirmed confirm(Call<User> call, ConfirmRequest body) {
    Upload upload = uploads.confirm(call.user().uid(), body.storageKey());
    return new Confirmed(
        new ConfirmedFile(
            upload.storageKey(),
            upload.category(),
            upload.mimeType(),
            upload.fileSize(),
            upload.width(),
            upload.height(),
            upload.durationSeconds()));
  }
}
