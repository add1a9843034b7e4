package app.infinitestories.functions.api.users;

import app.infinitestories.functions.web.About;
import app.infinitestories.functions.web.OneOf;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What requests of these routes bring. */
final class Bodies {
  private Bodies() {}

  /** A new user. */
  record Register(
      @Size(min = 1, max = 100) @Nullable String displayName,
      @OneOf({"en", "es", "fr", "de", "it"}) @Nullable String language,
      @Size(min = 1, max = 4096) @Nullable String fcmToken,
      @Nullable Boolean guardianConsent) {}

  /** A push target: an installation id, an older registration token, or both. */
  record FcmToken(
      @Size(min = 1, max = 4096) @Nullable String token,
      @Size(min = 1, max = 200) @Nullable String fid,
      @NotNull
          @Pattern(
              regexp = "[0-9A-Za-z_-]{1,100}",
              message = "must be 1 to 100 letters, digits, hyphens or underscores")
          String deviceId,
      @NotNull @OneOf({"ios", "android", "web"}) String platform) {

    @AssertTrue(message = "or fid must be given")
    @About("token")
    boolean targeted() {
      return token != null || fid != null;
    }
  }
}
