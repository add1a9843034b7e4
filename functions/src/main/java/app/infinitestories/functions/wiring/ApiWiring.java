package app.infinitestories.functions.wiring;

import app.infinitestories.accounts.AccountEntitlements;
import app.infinitestories.ai.ModelSunset;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.catalog.Catalog;
import app.infinitestories.catalog.PublishStory;
import app.infinitestories.catalog.RankStories;
import app.infinitestories.catalog.RecentCatalog;
import app.infinitestories.engagement.StoryStates;
import app.infinitestories.files.Uploads;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.functions.api.ApiRoutes;
import app.infinitestories.functions.api.admin.AdminRoutes;
import app.infinitestories.functions.api.files.FileRoutes;
import app.infinitestories.functions.api.health.DependencyProbes;
import app.infinitestories.functions.api.health.HealthRoutes;
import app.infinitestories.functions.api.health.Readiness;
import app.infinitestories.functions.api.stories.StoryRoutes;
import app.infinitestories.functions.api.users.Leaving;
import app.infinitestories.functions.api.users.UserRoutes;
import app.infinitestories.functions.api.userstories.Answers;
import app.infinitestories.functions.api.userstories.Approving;
import app.infinitestories.functions.api.userstories.Cancelling;
import app.infinitestories.functions.api.userstories.Costs;
import app.infinitestories.functions.api.userstories.LegacyStoryRoutes;
import app.infinitestories.functions.api.userstories.OncePerKey;
import app.infinitestories.functions.api.userstories.Ordering;
import app.infinitestories.functions.api.userstories.UserStoryRoutes;
import app.infinitestories.functions.web.Authenticator;
import app.infinitestories.functions.web.FirebaseAuthenticator;
import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.web.User;
import app.infinitestories.generation.ChildData;
import app.infinitestories.generation.StoryInputs;
import app.infinitestories.notifications.Devices;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.privacy.ChangePicture;
import app.infinitestories.privacy.DeleteStory;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.ImportFilm;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.steps.RecordedSteps;
import app.infinitestories.ratelimit.RateLimiter;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.PhotoUses;
import app.infinitestories.userstories.RetryStory;
import app.infinitestories.userstories.UserStories;
import com.google.common.base.Suppliers;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The API: its routes and what they call. */
final class ApiWiring {
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(2);

  private final Settings settings;
  private final Clients clients;
  private final RealtimeNodes nodes;
  private final Supplier<QueueWiring> queue;
  private final Timing timing;
  private final Clock clock;
  private final IdSource ids;
  private final Supplier<ForgetPhotos> forgetPhotos;
  private final PrivacyWiring privacy;
  private final Supplier<ModelSunset> sunset;

  ApiWiring(
      Settings settings,
      Clients clients,
      RealtimeNodes nodes,
      Supplier<QueueWiring> queue,
      Timing timing,
      IdSource ids,
      Supplier<ForgetPhotos> forgetPhotos,
      PrivacyWiring privacy) {
    this.privacy = privacy;
    this.settings = settings;
    this.clients = clients;
    this.nodes = nodes;
    this.queue = queue;
    this.timing = timing;
    this.clock = timing.clock();
    this.ids = ids;
    this.forgetPhotos = forgetPhotos;
    this.sunset = Suppliers.memoize(() -> StoryWiring.modelSunset(settings, timing.clock()));
  }

  Router router() {
    return router(
        new FirebaseAuthenticator(FirebaseAuthenticator.IdTokens.of(clients::auth), clock));
  }

  /** The same for tokens that somebody else reads. */
  Router router(Authenticator tokens) {
    Profiles profiles = profiles();
    RateLimiter limits = limits();
    return new Router(
        routes(profiles, limits),
        firstContact(profiles, tokens),
        limits,
        settings.http(),
        clock,
        ids);
  }

  /** Everything that is mounted, for the API's documents. */
  ApiRoutes routes() {
    return routes(profiles(), limits());
  }

  private Profiles profiles() {
    return new Profiles(clients.firestore(), queue.get().accounts, clock, ids);
  }

  private RateLimiter limits() {
    return new SlidingRateLimiter(
        settings.rateLimitFactor().doubleValue(), clients::firestore, clock, ids);
  }

  private ApiRoutes routes(Profiles profiles, RateLimiter limits) {
    var purchases =
        new PurchaseWiring(
            clients.firestore(), queue.get().accounts, settings.products(), timing, ids);
    var sources =
        new PurchaseSources(settings.stores(), clients::firestore, purchases.deliveries(), clock);
    VerifyPurchase verify = sources.verify();
    QueueWiring wired = queue.get();
    var stories =
        new UserStories(
            clients.firestore(), wired.queue.store(), settings.queue(), wired.queue.costReport());
    var answers = new Answers(nodes, clients.media());
    Ordering ordering = ordering(profiles, limits, stories);
    return new ApiRoutes(
        settings.version(),
        new HealthRoutes(settings.version(), readiness()),
        users(profiles, limits),
        new FileRoutes(uploads()),
        userStories(ordering, stories, answers),
        new LegacyStoryRoutes(ordering, stories, answers),
        catalog(),
        EngagementWiring.engagement(clients, timing),
        EngagementWiring.discovery(clients, clock, profiles),
        purchases.routes(verify),
        purchases.magicTokens(verify, limits),
        admin(profiles),
        purchases.money(),
        sources.routes());
  }

  /** Whoever is signed in has a profile, an account and the starting grant. */
  private static Authenticator firstContact(Profiles profiles, Authenticator tokens) {
    return token -> {
      User user = tokens.authenticate(token);
      return profiles.meet(user.uid(), user.email()) ? user : user.inLeaving();
    };
  }

  private Readiness readiness() {
    return new Readiness(
        List.of(
            DependencyProbes.firestore(clients::firestore),
            DependencyProbes.realtimeDatabase(clients::database),
            DependencyProbes.storage(clients::media),
            DependencyProbes.auth(clients::auth),
            DependencyProbes.tasks(clients::tasks, settings.wakeUps().wakeUpQueue())),
        this::models,
        PROBE_PATIENCE,
        clock);
  }

  private List<Readiness.Model> models() {
    Map<String, LocalDate> dates = sunset.get().dates();
    return settings.ai().models().stream()
        .map(id -> new Readiness.Model(id, dates.get(id)))
        .toList();
  }

  private UserRoutes users(Profiles profiles, RateLimiter limits) {
    var changePicture =
        new ChangePicture(
            clients.firestore(),
            uploads(),
            profiles,
            new PhotoUses(clients.firestore()),
            forgetPhotos.get(),
            ids);
    return new UserRoutes(
        profiles,
        queue.get().accounts,
        new Devices(clients.firestore(), clock),
        changePicture,
        privacy.withdrawConsent(profiles),
        new Leaving(privacy.closeAccount(profiles), limits),
        clients.media());
  }

  private StoryRoutes catalog() {
    var catalog = new Catalog(clients.firestore());
    return new StoryRoutes(
        catalog,
        new RecentCatalog(catalog, clock),
        new StoryStates(clients.firestore()),
        new AccountEntitlements(queue.get().accounts, clock),
        clients.media());
  }

  private Uploads uploads() {
    return new Uploads(clients.firestore(), clients.media(), new PhotoIntake(), clock, ids);
  }

  private Ordering ordering(Profiles profiles, RateLimiter limits, UserStories stories) {
    QueueWiring wired = queue.get();
    var orderStory =
        new OrderStory(
            uploads(),
            profiles,
            wired.queue.submitJob(),
            settings.queue(),
            ids,
            settings.childDataAllowed());
    var inputs =
        new StoryInputs(
            uploads(),
            new RecordedSteps(wired.queue.store()),
            new ChildData(settings.childDataAllowed()));
    var retryStory = new RetryStory(stories, profiles, wired.queue.retryJob(inputs));
    return new Ordering(orderStory, retryStory, new OncePerKey(wired.queue.keepAnswer(), limits));
  }

  private UserStoryRoutes userStories(Ordering ordering, UserStories stories, Answers answers) {
    QueueWiring wired = queue.get();
    return new UserStoryRoutes(
        ordering,
        stories,
        new DeleteStory(
            clients.firestore(),
            wired.queue.store(),
            stories,
            clients.media(),
            nodes,
            forgetPhotos.get()),
        new Cancelling(wired.queue.cancelJob(), answers),
        new Approving(wired.queue.approveJob(), answers),
        new Costs(stories, settings.queue().costCapUsd()),
        answers);
  }

  private AdminRoutes admin(Profiles profiles) {
    var audit = new AuditLog(clients.firestore(), clock, ids);
    return new AdminRoutes(
        new PublishStory(clients.firestore(), audit, clock),
        new ImportFilm(clients.firestore(), profiles, clients.media()),
        clients.media(),
        audit,
        new RankStories(clients.firestore(), settings.ranking(), clock)::shelve);
  }
}
