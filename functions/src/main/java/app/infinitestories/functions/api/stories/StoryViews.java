package app.infinitestories.functions.api.stories;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.engagement.StoryState;
import app.infinitestories.engagement.StoryStates;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.storage.MediaStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins stories with what they are to the user who asks, one round trip for a whole page. */
public final class StoryViews {
  private final StoryStates states;
  private final MediaStore media;

  public StoryViews(StoryStates states, MediaStore media) {
    this.states = states;
    this.media = media;
  }

  /** The stories in their order, with the user's state of each if there is a user. */
  List<CatalogStoryView> of(Optional<User> user, List<CatalogStory> stories) {
    Map<String, StoryState> known =
        user.map(User::uid)
            .map(uid -> states.of(uid, stories.stream().map(CatalogStory::id).toList()))
            .orElse(Map.of());
    return stories.stream()
        .map(story -> CatalogStoryView.of(story, known.get(story.id()), media::readUrl))
        .toList();
  }
}
