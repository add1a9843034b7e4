package app.infinitestories.local.stack;

import app.infinitestories.local.auth.AuthEmulator;
import app.infinitestories.local.fcm.FcmStandIn;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.local.firestore.FirestoreEmulator.Trigger;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.realtime.RealtimeDatabase;
import app.infinitestories.local.scheduler.SchedulerStandIn;
import app.infinitestories.local.scheduler.SchedulerStandIn.ScheduledJob;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.local.stores.AppStoreStandIn;
import app.infinitestories.local.stores.PlayStandIn;
import app.infinitestories.local.stores.RevenueCatStandIn;
import app.infinitestories.local.tasks.TasksStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The whole backend on this machine: emulators, stand-ins, the studio, and every function under the
 * real functions framework. All parts start at the same time, on ports that were given out before.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration SCHEDULER_DEADLINE = Duration.ofMinutes(30);

  private static final ReadyApi READY_API =
      new ReadyApi(Duration.ofSeconds(60), Duration.ofMillis(250));

  /** Which variable names a part that runs outside, and is then used instead of started. */
  private static final Map<String, String> OUTSIDE =
      Map.of(
          "firestore", "FIRESTORE_EMULATOR_HOST",
          "auth", "FIREBASE_AUTH_EMULATOR_HOST",
          "database", "FIREBASE_DATABASE_EMULATOR_HOST",
          "storage", "FIREBASE_STORAGE_EMULATOR_HOST",
          "tasks", "CLOUD_TASKS_EMULATOR_HOST",
          "fcm", "FCM_BASE_URL");

  private static final List<String> PARTS =
      List.of(
          "control",
          "firestore",
          "auth",
          "database",
          "storage",
          "tasks",
          "scheduler",
          "fcm",
          "oauth",
          "studio",
          "app-store",
          "play",
          "revenuecat");

  /** The app as the stores know it here. */
  private static final String APP = "app.example.infinitestories";

  private final StackSettings settings;
  private final Clock clock;
  private final Map<String, Integer> ports;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Duration> bootTimes = new ConcurrentHashMap<>();
  private final KeyFolder keys;
  private final WebhookSecrets webhookSecrets =
      new WebhookSecrets("sample-" + UUID.randomUUID(), "sample-" + UUID.randomUUID());

  /** What signs RevenueCat's webhooks here; made up at each boot. */
  public record WebhookSecrets(String revenueCat, String revenueCatHmac) {}

  private LocalStack(StackSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    var names = new ArrayList<String>();
    settings.functions().forEach(function -> names.add(function.name()));
    names.addAll(PARTS);
    names.removeIf(name -> outside(name).isPresent());
    this.ports = PortPlan.of(names, settings.firstPort());
    this.keys = KeyFolder.in(settings.logs());
    create();
  }

  /**
   * Boots everything; when this returns, all that the API depends on answers.
   *
   * @throws PartException when a part does not come up; what was started is stopped then
   */
  public static LocalStack start(StackSettings settings) {
    var stack = new LocalStack(settings, Clock.systemUTC());
    try {
      stack.boot();
      return stack;
    } catch (PartException e) {
      stack.close();
      throw e;
    }
  }

  public Map<String, Part> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /**
   * The part of that name.
   *
   * @throws PartException when there is none
   */
  public Part part(String name) {
    var part = parts.get(name);
    if (part == null) {
      throw new PartException("There is no part " + name + ", only " + parts.keySet());
    }
    return part;
  }

  public String projectId() {
    return settings.projectId();
  }

  /** How long each part took from the common start until it answered. */
  public Map<String, Duration> bootTimes() {
    return Map.copyOf(bootTimes);
  }

  /** The project's bucket. */
  public String bucket() {
    return settings.bucket();
  }

  /** The key of the sample service account, made anew at each boot. */
  public Path keyFile() {
    return keys.file("service-account.json");
  }

  public WebhookSecrets webhookSecrets() {
    return webhookSecrets;
  }

  /** The variables of the function processes: what was given, then the addresses of the parts. */
  public Map<String, String> environment() {
    var env = new LinkedHashMap<>(settings.environment());
    env.put("ENVIRONMENT", "local");
    env.put("GOOGLE_CLOUD_PROJECT", settings.projectId());
    env.put("GOOGLE_APPLICATION_CREDENTIALS", keyFile().toString());
    env.put("FIRESTORE_EMULATOR_HOST", part("firestore").host());
    env.put("FIREBASE_AUTH_EMULATOR_HOST", part("auth").host());
    env.put("FIREBASE_DATABASE_EMULATOR_HOST", part("database").host());
    env.put("FIREBASE_STORAGE_EMULATOR_HOST", part("storage").host());
    env.put("STORAGE_BUCKET", settings.bucket());
    env.put("CLOUD_TASKS_EMULATOR_HOST", part("tasks").host());
    env.put("TASKS_LOCATION", StackSettings.LOCATION);
    env.put("FCM_BASE_URL", part("fcm").address().toString());
    var given = settings.environment();
    env.put("OPENAI_BASE_URL", given.getOrDefault("OPENAI_BASE_URL", studio("/openai/v1")));
    env.put("OPENAI_API_KEY", given.getOrDefault("OPENAI_API_KEY", "sk-sample-offline-studio"));
    env.put("RUNWAY_BASE_URL", given.getOrDefault("RUNWAY_BASE_URL", studio("/runway")));
    env.put("RUNWAY_API_KEY", given.getOrDefault("RUNWAY_API_KEY", "key_sample_offline_studio"));
    env.put("REVENUECAT_WEBHOOK_SECRET", webhookSecrets.revenueCat());
    env.put("REVENUECAT_WEBHOOK_HMAC_SECRET", webhookSecrets.revenueCatHmac());
    putStores(env);
    env.put("APP_LINK_BASE", given.getOrDefault("APP_LINK_BASE", "https://app.example.com"));
    env.putIfAbsent("AI_CHILD_DATA_ALLOWED", Boolean.toString(providersAreHere(env)));
    // Quick steps want quick looks; the studio makes all clips of a short film at once.
    env.putIfAbsent("POLL_INTERVAL_SECONDS", "1");
    env.putIfAbsent("CLIPS_AT_ONCE", "6");
    for (FunctionSpec function : settings.functions()) {
      var address = part(function.name()).address().toString();
      function.addressVariables().forEach(variable -> env.put(variable, address));
    }
    return env;
  }

  /** The stand-ins' own root and keys, by the settings that real ones would have. */
  private void putStores(Map<String, String> env) {
    env.put("REVENUECAT_BASE_URL", part("revenuecat").address().toString());
    env.put("REVENUECAT_API_KEY", RevenueCatStandIn.API_KEY);
    env.put("APPLE_BUNDLE_ID", APP);
    env.put("APPLE_ENVIRONMENT", "sandbox");
    env.put("APPLE_ONLINE_CHECKS", "false");
    env.put("APPLE_ROOT_CERTIFICATES", appleRoot().toString());
    env.put("APPLE_API_BASE_URL", part("app-store").address().toString());
    if (part("app-store") instanceof AppStoreStandIn apple) {
      env.put("APPLE_API_KEY", apple.apiKeyPem());
      env.put("APPLE_API_KEY_ID", AppStoreStandIn.KEY_ID);
      env.put("APPLE_API_ISSUER_ID", AppStoreStandIn.ISSUER_ID);
    }
    var play = part("play").address();
    env.put("GOOGLE_PLAY_PACKAGE", APP);
    env.put("GOOGLE_PLAY_PUSH_AUDIENCE", PlayStandIn.AUDIENCE);
    env.put("GOOGLE_PLAY_PUSH_ACCOUNT", PlayStandIn.PUSH_ACCOUNT);
    env.put("GOOGLE_PLAY_BASE_URL", play.toString());
    env.put("GOOGLE_CERTIFICATES_URL", play.resolve("/oauth2/v3/certs").toString());
  }

  private Path appleRoot() {
    return keys.file("apple-root.pem");
  }

  /** A child's photo may go to the studio on this machine; to any other address only if told so. */
  private static boolean providersAreHere(Map<String, String> env) {
    return Stream.of("OPENAI_BASE_URL", "RUNWAY_BASE_URL")
        .map(name -> URI.create(env.getOrDefault(name, "")).getHost())
        .allMatch(host -> "127.0.0.1".equals(host) || "localhost".equals(host));
  }

  /** Stops everything, and removes the keys that were made up for it. */
  @Override
  public void close() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Part part : parts.values()) {
        threads.execute(part::stop);
      }
    }
    keys.close();
  }

  private String studio(String path) {
    return part("studio").address() + path;
  }

  private Optional<URI> outside(String part) {
    var given = settings.environment();
    var value = given.getOrDefault(OUTSIDE.getOrDefault(part, ""), "");
    if (part.equals("studio")
        && given.containsKey("OPENAI_BASE_URL")
        && given.containsKey("RUNWAY_BASE_URL")) {
      value = given.getOrDefault("OPENAI_BASE_URL", "");
    }
    if (value.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(URI.create(value.contains("://") ? value : "http://" + value));
  }

  private void create() {
    var account = new SampleServiceAccount(settings.projectId());
    var oauth = new OAuthStandIn(port("oauth"), account, clock);
    add(oauth);
    try {
      var endpoint = URI.create("http://" + Ports.LOOPBACK + ":" + port("oauth") + "/token");
      account.writeKeyFile(keyFile(), endpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var logs = settings.logs();
    addUnlessOutside("firestore", () -> firestore(port("firestore")));
    addUnlessOutside("auth", () -> new AuthEmulator(port("auth"), settings.projectId(), logs));
    addUnlessOutside(
        "database",
        () -> new RealtimeDatabase(port("database"), rulesFile("database.rules.json"), logs));
    addUnlessOutside(
        "storage",
        () ->
            new StorageStandIn(port("storage"), Set.of(settings.bucket()), account, oauth, clock));
    addUnlessOutside(
        "tasks",
        () ->
            new TasksStandIn(
                port("tasks"),
                settings.projectId(),
                StackSettings.LOCATION,
                settings.queues(),
                clock));
    addUnlessOutside("fcm", () -> new FcmStandIn(port("fcm"), settings.projectId(), oauth, clock));
    addStores(oauth);
    addUnlessOutside("studio", () -> new StudioPart(port("studio"), settings.environment()));
    for (FunctionSpec function : settings.functions()) {
      add(
          new FunctionProcess(
              function,
              port(function.name()),
              settings.project().resolve("functions"),
              this::environment,
              logs));
    }
    add(new SchedulerStandIn(port("scheduler"), scheduledJobs(), clock));
    add(new ControlPart(port("control"), parts));
  }

  private void addStores(OAuthStandIn oauth) {
    var apple = new AppStoreStandIn(port("app-store"), APP, clock);
    try {
      Files.writeString(appleRoot(), apple.rootPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(apple);
    add(new PlayStandIn(port("play"), APP, oauth::accepts, clock));
    add(
        new RevenueCatStandIn(
            port("revenuecat"),
            webhookSecrets.revenueCat(),
            webhookSecrets.revenueCatHmac(),
            clock));
  }

  private FirestoreEmulator firestore(int port) {
    var emulator = new FirestoreEmulator(port, settings.logs());
    rulesFile("firestore.rules")
        .ifPresent(file -> {
          try {
            emulator.putRules(settings.projectId(), Files.readString(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    for (FunctionSpec function : settings.functions()) {
      if (function.trigger() instanceof FunctionSpec.Calls.OnDocument(var event, var pattern)) {
        var url = URI.create("http://" + Ports.LOOPBACK + ":" + port(function.name()));
        emulator.register(settings.projectId(), new Trigger(function.name(), event, pattern, url));
      }
    }
    return emulator;
  }

  private List<ScheduledJob> scheduledJobs() {
    var jobs = new ArrayList<ScheduledJob>();
    for (FunctionSpec function : settings.functions()) {
      if (function.trigger() instanceof FunctionSpec.Calls.OnSchedule(int minutes)) {
        jobs.add(
            new ScheduledJob(
                function.name(),
                part(function.name()).address(),
                settings.minute().multipliedBy(minutes),
                SCHEDULER_DEADLINE,
                function.sleeps() ? () -> part(function.name()).start() : () -> {}));
      }
    }
    return jobs;
  }

  private Optional<Path> rulesFile(String name) {
    return Optional.of(settings.project().resolve(name)).filter(Files::exists);
  }

  private void addUnlessOutside(String name, java.util.function.Supplier<Part> part) {
    add(outside(name).<Part>map(uri -> new OutsidePart(name, uri)).orElseGet(part));
  }

  private void add(Part part) {
    parts.put(part.name(), part);
  }

  private int port(String name) {
    var port = ports.get(name);
    if (port == null) {
      throw new IllegalStateException("No port was planned for " + name);
    }
    return port;
  }

  private void boot() {
    long start = System.nanoTime();
    var waiting = new LinkedHashMap<String, Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Part part : parts.values()) {
        if (part instanceof FunctionProcess function && function.spec().sleeps()) {
          continue;
        }
        waiting.put(
            part.name(),
            threads.submit(() -> {
              part.start();
              bootTimes.put(part.name(), Duration.ofNanos(System.nanoTime() - start));
            }));
      }
    }
    var problems = new ArrayList<String>();
    waiting.forEach((name, future) -> {
      try {
        future.get();
      } catch (ExecutionException e) {
        problems.add(name + ": " + e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        problems.add(name + ": interrupted");
      }
    });
    if (!problems.isEmpty()) {
      throw new PartException(String.join(System.lineSeparator(), problems));
    }
    Part api = parts.get("api");
    if (api != null) {
      READY_API.await(api.address());
      bootTimes.put("api", Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
