package app.infinitestories.functions.wiring;

import app.infinitestories.catalog.ReadShelves;
import app.infinitestories.catalog.StoryLookup;
import app.infinitestories.engagement.ContinueWatching;
import app.infinitestories.engagement.Favorites;
import app.infinitestories.engagement.Likes;
import app.infinitestories.engagement.RecordProgress;
import app.infinitestories.engagement.StoryStates;
import app.infinitestories.engagement.Tastes;
import app.infinitestories.functions.api.stories.DiscoveryRoutes;
import app.infinitestories.functions.api.stories.EngagementRoutes;
import app.infinitestories.functions.api.stories.StoryViews;
import app.infinitestories.queue.Timing;
import app.infinitestories.users.Profiles;
import java.time.Clock;

/** What viewers do with the catalogue, and what it shows them for that. */
final class EngagementWiring {
  private EngagementWiring() {}

  static EngagementRoutes engagement(Clients clients, Timing timing) {
    var firestore = clients.firestore();
    return new EngagementRoutes(
        new StoryLookup(firestore),
        new Favorites(firestore, timing.clock()),
        new Likes(firestore, timing.clock(), timing.random()),
        new RecordProgress(firestore, timing.clock(), timing.random()),
        new ContinueWatching(firestore),
        new StoryViews(new StoryStates(firestore), clients.media()));
  }

  static DiscoveryRoutes discovery(Clients clients, Clock clock, Profiles profiles) {
    var firestore = clients.firestore();
    return new DiscoveryRoutes(
        new ReadShelves(firestore, clock),
        new Tastes(firestore, clock),
        new StoryStates(firestore),
        profiles,
        clients.media());
  }
}
