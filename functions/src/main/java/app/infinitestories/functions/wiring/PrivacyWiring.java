package app.infinitestories.functions.wiring;

import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.firebase.FirebaseSignIns;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.privacy.CloseAccount;
import app.infinitestories.privacy.DeletionPipeline;
import app.infinitestories.privacy.EraseUser;
import app.infinitestories.privacy.SweepDepartures;
import app.infinitestories.privacy.WithdrawConsent;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.PhotoUses;
import java.time.Clock;
import java.util.function.Supplier;

/** What forgets: withdrawn consents and deleted accounts. */
final class PrivacyWiring {
  private final Settings settings;
  private final Clients clients;
  private final RealtimeNodes nodes;
  private final Supplier<QueueWiring> queue;
  private final Clock clock;
  private final IdSource ids;

  PrivacyWiring(
      Settings settings,
      Clients clients,
      RealtimeNodes nodes,
      Supplier<QueueWiring> queue,
      Clock clock,
      IdSource ids) {
    this.settings = settings;
    this.clients = clients;
    this.nodes = nodes;
    this.queue = queue;
    this.clock = clock;
    this.ids = ids;
  }

  WithdrawConsent withdrawConsent(Profiles profiles) {
    return new WithdrawConsent(
        clients.firestore(),
        queue.get().queue.store(),
        profiles,
        queue.get().queue.cancelJob(),
        new PhotoUses(clients.firestore()),
        clients.media(),
        clock);
  }

  WithdrawConsent withdrawConsent() {
    return withdrawConsent(new Profiles(clients.firestore(), queue.get().accounts, clock, ids));
  }

  CloseAccount closeAccount(Profiles profiles) {
    return new CloseAccount(
        clients.firestore(), profiles, queue.get().queue.submitJob(), clock, ids);
  }

  DeletionPipeline deletion() {
    return new DeletionPipeline(eraseUser(), clock);
  }

  SweepDepartures departures() {
    return new SweepDepartures(clients.firestore(), queue.get().queue.store(), eraseUser(), clock);
  }

  private EraseUser eraseUser() {
    return new EraseUser(
        clients.firestore(),
        queue.get().queue.store(),
        queue.get().queue.cancelJob(),
        StoryWiring.providerTasks(settings, clock),
        clients.media(),
        nodes,
        new FirebaseSignIns(clients::auth));
  }
}
