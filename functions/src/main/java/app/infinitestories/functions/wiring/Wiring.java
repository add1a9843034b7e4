package app.infinitestories.functions.wiring;

import app.infinitestories.ai.ModelSunset;
import app.infinitestories.catalog.RankStories;
import app.infinitestories.files.Arrivals;
import app.infinitestories.functions.web.Router;
import app.infinitestories.generation.CleanUp;
import app.infinitestories.generation.StoryPipeline;
import app.infinitestories.notifications.Devices;
import app.infinitestories.notifications.FcmPushSender;
import app.infinitestories.notifications.SendOutbox;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.realtime.FirebaseRealtimeNodes;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.privacy.DeletionPipeline;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.RemoveUnusedUploads;
import app.infinitestories.privacy.SweepDepartures;
import app.infinitestories.purchases.SettleDeliveries;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.projection.SyncQueue;
import app.infinitestories.queue.run.WorkOnJob;
import app.infinitestories.userstories.PhotoUses;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.Map;

/**
 * Constructs each function's object graph by hand, from the process's environment. Nothing is
 * opened before it is needed: a cold start pays only for what its function uses.
 */
public final class Wiring {
  private static final Supplier<Wiring> PROCESS =
      Suppliers.memoize(() -> new Wiring(Settings.of(System.getenv())));

  private final Settings settings;
  private final Timing timing;
  private final IdSource ids = new RandomIds();
  private final Clients clients;
  private final RealtimeNodes nodes;
  private final Supplier<QueueWiring> queue;
  private final PrivacyWiring privacy;

  Wiring(Settings settings) {
    this(settings, Timing.system());
  }

  private Wiring(Settings settings, Timing timing) {
    this(settings, new Clients(settings, timing.clock()), timing);
  }

  private Wiring(Settings settings, Clients clients, Timing timing) {
    this(settings, clients, new FirebaseRealtimeNodes(clients::database), timing);
  }

  /** The same graph around clients that somebody else opened. */
  Wiring(Settings settings, Clients clients, RealtimeNodes nodes, Timing timing) {
    this.settings = settings;
    this.clients = clients;
    this.nodes = nodes;
    this.timing = timing;
    queue = Suppliers.memoize(() -> new QueueWiring(settings, clients, nodes, timing, ids));
    privacy = new PrivacyWiring(settings, clients, nodes, queue, timing.clock(), ids);
  }

  /** The wiring of this process. */
  public static Wiring get() {
    return PROCESS.get();
  }

  public Router router() {
    return api().router();
  }

  /** The API's own part of the wiring. */
  ApiWiring api() {
    return new ApiWiring(settings, clients, nodes, queue, timing, ids, this::forgetPhotos, privacy);
  }

  public QueueAssembly queue() {
    return queue.get().queue;
  }

  public WorkOnJob workOnJob() {
    StoryPipeline stories = StoryWiring.storyPipeline(settings, clients.media(), timing.clock());
    DeletionPipeline deletion = privacy.deletion();
    return queue
        .get()
        .queue
        .workOnJob(Map.of(stories.kind(), stories, deletion.kind(), deletion), clients.media());
  }

  public SyncQueue syncQueue() {
    return queue.get().sync();
  }

  public SendOutbox sendOutbox() {
    return new SendOutbox(
        clients.firestore(),
        devices(),
        new FcmPushSender(clients.messaging()),
        timing.clock(),
        ids,
        settings.appLinkBase());
  }

  public ForgetPhotos forgetPhotos() {
    return new ForgetPhotos(
        clients.firestore(), new PhotoUses(clients.firestore()), clients.media(), timing.clock());
  }

  public CleanUp cleanUp() {
    var uses = new PhotoUses(clients.firestore());
    return new CleanUp(
        clients.firestore(),
        queue.get().queue,
        clients.media(),
        nodes,
        forgetPhotos(),
        new RemoveUnusedUploads(
            clients.firestore(),
            uses,
            forgetPhotos(),
            new Arrivals(clients.firestore(), clients.media(), timing.clock()),
            timing.clock()),
        privacy.withdrawConsent(),
        privacy.departures(),
        StoryWiring.providerTasks(settings, timing.clock()),
        timing.clock());
  }

  public RankStories rankStories() {
    return new RankStories(clients.firestore(), settings.ranking(), timing.clock());
  }

  public SettleDeliveries deliveries() {
    return new PurchaseWiring(
            clients.firestore(), queue.get().accounts, settings.products(), timing, ids)
        .deliveries();
  }

  public ModelSunset modelSunset() {
    return StoryWiring.modelSunset(settings, timing.clock());
  }

  public SweepDepartures departures() {
    return privacy.departures();
  }

  Devices devices() {
    return new Devices(clients.firestore(), timing.clock());
  }
}
