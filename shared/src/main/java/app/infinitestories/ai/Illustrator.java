package app.infinitestories.ai;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the hero's character sheet and the pictures of the scenes, as PNG. */
public interface Illustrator {
  /**
   * One drawn character sheet in the art style.
   *
   * @param photo the cleaned photo as PNG, or null to draw from the description alone
   * @param description the look in words, may be empty with a photo; without the child's name
   * @param seed another seed gives another sheet
   */
  Answer<Media> heroSheet(@Nullable Media photo, String description, long seed)
      throws ProviderException;

  /**
   * A picture of a scene.
   *
   * @param references the sheet first, then the picture before, if any; at least one
   */
  Answer<Media> paint(String prompt, List<Reference> references) throws ProviderException;

  /**
   * What one picture costs at most.
   *
   * @param references how many pictures go in
   */
  PaidCall estimate(int references);
}
