package app.infinitestories.ai;

import app.infinitestories.safety.AgeBand;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a story is to be about; also the JSON that the story model reads. Free text has the child's
 * name already replaced by {@code {{HERO}}}.
 *
 * @param hero always the placeholder
 * @param age in years
 * @param language en, es, fr, de or it
 * @param theme what the family asked for
 * @param lesson what the hero may find out, without preaching
 * @param heroLook the hero's look in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScriptBrief(
    String hero,
    int age,
    AgeBand ageBand,
    String genre,
    String language,
    int scenes,
    WordRange wordsPerScene,
    @Nullable String theme,
    @Nullable String lesson,
    @Nullable String heroLook) {

  /** A brief with the hero's placeholder, the age's band and the usual words per scene. */
  public static ScriptBrief of(
      int age,
      String genre,
      String language,
      int scenes,
      @Nullable String theme,
      @Nullable String lesson,
      @Nullable String heroLook) {
    return new ScriptBrief(
        "{{HERO}}",
        age,
        AgeBand.ofAge(age),
        genre,
        language,
        scenes,
        WordRange.SCENE,
        theme,
        lesson,
        heroLook);
  }
}
