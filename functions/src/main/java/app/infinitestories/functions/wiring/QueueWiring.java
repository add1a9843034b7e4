package app.infinitestories.functions.wiring;

import app.infinitestories.accounts.Accounts;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.queue.Estimate;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.projection.LiveNodes;
import app.infinitestories.queue.projection.SyncQueue;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The queue and what shows it. */
final class QueueWiring {
  final Accounts accounts;
  final WakeUps wakeUps;
  final QueueAssembly queue;

  private final Clients clients;
  private final Clock clock;
  private final RealtimeNodes nodes;
  private final QueueConfig config;

  QueueWiring(
      Settings settings, Clients clients, RealtimeNodes nodes, Timing timing, IdSource ids) {
    this.clients = clients;
    this.clock = timing.clock();
    this.nodes = nodes;
    this.config = settings.queue();
    accounts = new Accounts(clients.firestore(), clock, ids, settings.accounts());
    wakeUps = new WakeUps(clients.tasks(), settings.wakeUps(), timing);
    queue =
        new QueueAssembly(
            clients.firestore(),
            ids,
            timing,
            config,
            accounts,
            wakeUps,
            new LiveNodes(nodes, clock, this::usual));
  }

  SyncQueue sync() {
    Map<String, Estimate> defaults = new HashMap<>();
    config
        .kinds()
        .forEach((kind, spec) ->
            spec.estimates()
                .keySet()
                .forEach(length -> defaults.put(kind + ":" + length, usual(kind, length))));
    return new SyncQueue(clients.firestore(), nodes, clock, defaults);
  }

  private Estimate usual(String kind, String length) {
    return config.kind(kind).estimate(length);
  }
}
