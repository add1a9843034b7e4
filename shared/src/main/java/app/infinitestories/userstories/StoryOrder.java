package app.infinitestories.userstories;

import app.infinitestories.platform.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a parent asked for; kept as the job's input. Holds a child's data: never printed.
 *
 * @param photo storage key of a confirmed upload
 * @param name the child's real name, which leaves this system only as narration and only with the
 *     switch AI_CHILD_DATA_ALLOWED on
 * @param nickname spoken instead of the name with the switch off
 * @param age in years
 * @param voiceIdea storage key of a confirmed recording of what the story may be about
 * @param secondLanguage of a second track of captions
 * @param video false: pictures with motion instead of paid clips
 * @param requireApproval the parent sees script and pictures before the dear steps
 */
public record StoryOrder(
    String photo,
    String name,
    @Nullable String nickname,
    int age,
    String genre,
    String language,
    @Nullable String appearance,
    @Nullable String theme,
    @Nullable String lesson,
    String voice,
    StoryLength length,
    boolean video,
    @Nullable String voiceIdea,
    @Nullable String secondLanguage,
    @Nullable String dedication,
    boolean requireApproval) {

  /** The order of a job. */
  public static StoryOrder of(Map<String, Object> input) {
    return Json.convert(input, StoryOrder.class);
  }

  /** The order as the job's input. */
  public Map<String, Object> toInput() {
    return Json.toMap(this);
  }

  @Override
  public String toString() {
    return "StoryOrder[" + genre + ", " + language + ", " + length.text() + "]";
  }
}
