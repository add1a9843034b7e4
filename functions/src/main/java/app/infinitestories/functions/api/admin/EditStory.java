package app.infinitestories.functions.api.admin;

import app.infinitestories.catalog.Edition;
import app.infinitestories.functions.api.values.AgeBand;
import app.infinitestories.functions.api.values.Genre;
import app.infinitestories.functions.api.values.Language;
import app.infinitestories.functions.web.About;
import app.infinitestories.functions.web.OneOf;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What staff want of a story of the catalogue. {@code publish} takes a whole {@code story}, or
 * nothing to put an earlier one back on show; {@code unpublish} takes nothing; {@code import} takes
 * a {@code film}.
 */
record EditStory(
    @NotNull @OneOf({PUBLISH, UNPUBLISH, IMPORT}) String action,
    @Nullable StoryBody story,
    @Nullable FilmBody film) {
  static final String PUBLISH = "publish";
  static final String UNPUBLISH = "unpublish";
  static final String IMPORT = "import";

  private static final String KEY = "catalog(/[0-9A-Za-z_-][0-9A-Za-z_.-]*)+";
  private static final String KEY_RULE =
      "must be a key below catalog/ of letters, digits, hyphens, underscores and dots";
  private static final String ID = "[0-9A-Za-z_-]{1,100}";
  private static final String ID_RULE = "must be 1 to 100 letters, digits, hyphens or underscores";

  /** A whole story; it is premium if any of its chapters is. */
  record StoryBody(
      @NotBlank @Size(max = 200) String title,
      @NotBlank @Size(max = 1000) String summary,
      @NotNull @Language String language,
      @NotNull @Genre String genre,
      @NotNull @AgeBand String ageBand,
      @NotNull @Size(max = 300) @Pattern(regexp = KEY, message = KEY_RULE) String posterKey,
      @NotNull @Size(min = 1, max = Edition.MOST_CHAPTERS) List<ChapterBody> chapters) {}

  /** One chapter, in the order of watching. */
  record ChapterBody(
      @NotNull @Pattern(regexp = ID, message = ID_RULE) String id,
      @NotBlank @Size(max = 200) String title,
      @Nullable Boolean premium,
      @NotNull @Size(min = 1, max = 50) List<SceneBody> scenes) {}

  /** One scene, in the order of watching; media by its keys in Storage. */
  record SceneBody(
      @NotNull @Pattern(regexp = ID, message = ID_RULE) String id,
      @NotBlank @Size(max = 4000) String text,
      @NotNull @Size(max = 300) @Pattern(regexp = KEY, message = KEY_RULE) String imageKey,
      @Nullable @Size(max = 300) @Pattern(regexp = KEY, message = KEY_RULE) String videoKey,
      @Nullable @Size(max = 300) @Pattern(regexp = KEY, message = KEY_RULE) String audioKey,
      @Nullable @Size(max = 300) @Pattern(regexp = KEY, message = KEY_RULE) String captionsKey,
      @NotNull Double durationSeconds) {

    @AssertTrue(message = "must be more than 0 and at most 3600")
    @About("durationSeconds")
    boolean watchable() {
      return durationSeconds > 0 && durationSeconds <= 3600;
    }
  }

  /** A finished film and how to show it; the owner is who asks, the title the film's own. */
  record FilmBody(
      @Nullable @Pattern(regexp = "[^/]{1,128}", message = "is no user's id") String uid,
      @NotNull @Pattern(regexp = ID, message = ID_RULE) String storyId,
      @Nullable @Size(min = 1, max = 200) String title,
      @NotBlank @Size(max = 1000) String summary,
      @Nullable Boolean premium) {}

  @AssertTrue(message = "is only for publish")
  @About("story")
  boolean storyFits() {
    return story == null || action.equals(PUBLISH);
  }

  @AssertTrue(message = "is required with import, and only there")
  @About("film")
  boolean filmFits() {
    return (film != null) == action.equals(IMPORT);
  }
}
