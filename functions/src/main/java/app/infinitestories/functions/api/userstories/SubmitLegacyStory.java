package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.api.values.Genre;
import app.infinitestories.functions.api.values.Language;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of a story as the first version of the app sends it. Holds a child's data: never
 * printed.
 *
 * @param imagePath storage key of a confirmed photo
 */
record SubmitLegacyStory(
    @NotBlank @Size(max = 300) String imagePath,
    @NotBlank
        @Size(max = 100)
        @Pattern(regexp = SubmitStory.PRINTABLE, message = SubmitStory.NOT_PRINTABLE)
        String name,
    @NotNull @Min(1) @Max(18) Integer age,
    @NotNull @Genre String genre,
    @Language @Nullable String language) {

  /** The same order in today's words: a short film with clips, in the usual voice. */
  StoryOrder toOrder() {
    return new StoryOrder(
        imagePath,
        name.strip(),
        null,
        age,
        genre,
        Objects.requireNonNullElse(language, Ordering.USUAL_LANGUAGE),
        null,
        null,
        null,
        Ordering.USUAL_VOICE,
        StoryLength.SHORT,
        true,
        null,
        null,
        null,
        false);
  }

  @Override
  public String toString() {
    return "SubmitLegacyStory[redacted]";
  }
}
