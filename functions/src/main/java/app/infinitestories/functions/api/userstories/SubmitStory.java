package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.api.values.Genre;
import app.infinitestories.functions.api.values.Language;
import app.infinitestories.functions.web.OneOf;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The order of a story, as the app sends it. Holds a child's data: never printed. */
record SubmitStory(
    @NotBlank @Size(max = 300) String photo,
    @NotBlank @Size(max = 100) @Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE) String name,
    @Size(min = 1, max = 40) @Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE)
        @Nullable String nickname,
    @NotNull @Min(1) @Max(18) Integer age,
    @NotNull @Genre String genre,
    @Language @Nullable String language,
    @Size(max = 500) @Nullable String appearance,
    @Size(max = 500) @Nullable String theme,
    @Size(max = 200) @Nullable String lesson,
    @OneOf({"nova", "echo", "alloy", "fable", "onyx", "shimmer", "coral"}) @Nullable String voice,
    @OneOf({"short", "medium", "long"}) @Nullable String length,
    @Nullable Boolean video,
    @Size(max = 140) @Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE)
        @Nullable String dedication,
    @Size(min = 1, max = 300) @Nullable String voiceIdea,
    @Language @Nullable String secondLanguage,
    @Nullable Boolean requireApproval,
    @Nullable Boolean guardianConsent) {

  /** What is drawn on a card must not break lines or turn the direction of writing around. */
  static final String PRINTABLE =
      "[^\\u0000-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069]*";

  static final String NOT_PRINTABLE = "must be one line of printable characters";

  @Override
  public String toString() {
    return "SubmitStory[redacted]";
  }
}
