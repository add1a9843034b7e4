package app.infinitestories.generation;

import app.infinitestories.safety.HeroName;
import app.infinitestories.safety.Nicknames;
import app.infinitestories.userstories.StoryOrder;
import org.jspecify.annotations.Nullable;

/**
 * What of a child may leave for a provider. The real name never does in writing: texts carry {@code
 * {{HERO}}}. Narration is the one place where a name must be spoken, and the photo the one picture:
 * both go out only with the switch AI_CHILD_DATA_ALLOWED on, the name else as a nickname.
 */
public final class ChildData {
  private final boolean allowed;

  /**
   * @param allowed the switch AI_CHILD_DATA_ALLOWED
   */
  public ChildData(boolean allowed) {
    this.allowed = allowed;
  }

  /** Whether the photo and the spoken name may go to a provider. */
  boolean mayLeave() {
    return allowed;
  }

  /** The text as a provider may read it; empty for none. */
  String hideName(StoryOrder order, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return "";
    }
    String nickname = order.nickname();
    return (nickname == null ? HeroName.of(order.name()) : HeroName.of(order.name(), nickname))
        .hide(text);
  }

  /** What narration says, and captions therefore show, where the hero is named. */
  String spokenName(StoryOrder order) {
    if (allowed) {
      return order.name();
    }
    String nickname = order.nickname();
    return nickname == null ? Nicknames.of(order.language(), order.photo().hashCode()) : nickname;
  }
}
