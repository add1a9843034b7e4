package app.infinitestories.functions.api.users;

import app.infinitestories.functions.api.values.Language;
import app.infinitestories.functions.web.About;
import app.infinitestories.functions.web.Change;
import app.infinitestories.functions.web.OneOf;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What requests of these routes bring. */
final class Bodies {
  private static final String DEVICE = "[0-9A-Za-z_-]{1,100}";
  private static final String DEVICE_RULE =
      "must be 1 to 100 letters, digits, hyphens or underscores";

  private Bodies() {}

  /** A new user. */
  record Register(
      @Size(min = 1, max = 100) @Nullable String displayName,
      @Language @Nullable String language,
      @Size(min = 1, max = 4096) @Nullable String fcmToken,
      @Nullable Boolean guardianConsent) {}

  /** What is to change in one's own profile. Null clears the name. */
  record ChangeUser(
      Change<@Size(min = 1, max = 100) @Nullable String> displayName,
      Change<@Language String> language,
      Change<Boolean> guardianConsent) {}

  /** The language of what the product says. */
  record ChosenLanguage(@NotNull @Language String language) {}

  /** A confirmed upload of category avatar. */
  record Picture(@NotBlank @Size(max = 300) String storageKey) {}

  /** Which device is meant. */
  record OneDevice(@NotNull @Pattern(regexp = DEVICE, message = DEVICE_RULE) String deviceId) {}

  /** A push target: an installation id, an older registration token, or both. */
  record FcmToken(
      @Size(min = 1, max = 4096) @Nullable String token,
      @Size(min = 1, max = 200) @Nullable String fid,
      @NotNull @Pattern(regexp = DEVICE, message = DEVICE_RULE) String deviceId,
      @NotNull @OneOf({"ios", "android", "web"}) String platform) {

    @AssertTrue(message = "or fid must be given")
    @About("token")
    boolean targeted() {
      return token != null || fid != null;
    }
  }
}
