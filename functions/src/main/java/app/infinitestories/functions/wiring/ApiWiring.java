package app.infinitestories.functions.wiring;

import app.infinitestories.ai.ModelSunset;
import app.infinitestories.files.Uploads;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.functions.api.ApiRoutes;
import app.infinitestories.functions.api.files.FileRoutes;
import app.infinitestories.functions.api.health.DependencyProbes;
import app.infinitestories.functions.api.health.HealthRoutes;
import app.infinitestories.functions.api.health.Readiness;
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
import app.infinitestories.privacy.DeleteStory;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.steps.RecordedSteps;
import app.infinitestories.ratelimit.RateLimiter;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.OrderStory;
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
  private final Clock clock;
  private final IdSource ids;
  private final Supplier<ForgetPhotos> forgetPhotos;
  private final Supplier<ModelSunset> sunset;

  ApiWiring(
      Settings settings,
      Clients clients,
      RealtimeNodes nodes,
      Supplier<QueueWiring> queue,
      Timing timing,
      IdSource ids,
      Supplier<ForgetPhotos> forgetPhotos) {
    this.settings = settings;
    this.clients = clients;
    this.nodes = nodes;
    this.queue = queue;
    this.clock = timing.clock();
    this.ids = ids;
    this.forgetPhotos = forgetPhotos;
    this.sunset = Suppliers.memoize(() -> StoryWiring.modelSunset(settings, timing.clock()));
  }

  Router router() {
    Profiles profiles = profiles();
    RateLimiter limits = limits();
    return new Router(
        routes(profiles, limits), firstContact(profiles), limits, settings.http(), clock, ids);
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
    QueueWiring wired = queue.get();
    var stories =
        new UserStories(
            clients.firestore(), wired.queue.store(), settings.queue(), wired.queue.costReport());
    var answers = new Answers(nodes, clients.media());
    Ordering ordering = ordering(profiles, limits, stories);
    return new ApiRoutes(
        settings.version(),
        new HealthRoutes(settings.version(), readiness()),
        users(profiles),
        new FileRoutes(uploads()),
        userStories(ordering, stories, answers),
        new LegacyStoryRoutes(ordering, stories, answers));
  }

  /** Whoever is signed in has a profile, an account and the starting grant. */
  private Authenticator firstContact(Profiles profiles) {
    var firebase =
        new FirebaseAuthenticator(FirebaseAuthenticator.IdTokens.of(clients::auth), clock);
    return token -> {
      User user = firebase.authenticate(token);
      profiles.meet(user.uid(), user.email());
      return user;
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

  private UserRoutes users(Profiles profiles) {
    return new UserRoutes(
        profiles, queue.get().accounts, new Devices(clients.firestore(), clock), clients.media());
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
}
