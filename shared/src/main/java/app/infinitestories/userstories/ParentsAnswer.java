package app.infinitestories.userstories;

import app.infinitestories.platform.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the parent said to a script; kept in the job's input beside the order.
 *
 * @param changes wishes, from which on the script is another one; they stay when it is approved
 */
public record ParentsAnswer(boolean approved, @Nullable String changes) {
  private static final ParentsAnswer NONE = new ParentsAnswer(false, null);

  /** The latest answer in a job's input; not approved as long as there is none. */
  public static ParentsAnswer of(Map<String, Object> input) {
    Object answer = input.get("approval");
    return answer == null ? NONE : Json.convert(answer, ParentsAnswer.class);
  }

  @Override
  public String toString() {
    return "ParentsAnswer[" + approved + "]";
  }
}
