package app.infinitestories.queue;

import app.infinitestories.accounts.Cost;
import app.infinitestories.platform.config.Environment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All numbers of the queue.
 *
 * @param slots pool → how many jobs are in production at once
 * @param window jobs of one account that may be in production or in line at once
 * @param backlog jobs of one account behind its window
 * @param attempts starts without a new finished step after which a job has failed
 * @param lease silence of a worker after which its job is taken from it
 * @param beat silence after which a worker says that it lives
 * @param quiet silence after which a worker calls nobody any more
 * @param busyPatience how long a job waits for busy providers with its slot before it parks
 * @param taskPatience how long a provider's task may take before it counts as lost
 * @param callsAtOnce steps of one job that work side by side
 * @param clipsAtOnce tasks of one job that are at a provider at once
 * @param runBudget a run ends itself after that
 * @param costCapUsd what one job may cost
 */
public record QueueConfig(
    Map<String, Integer> slots,
    int window,
    int backlog,
    int attempts,
    Duration lease,
    Duration beat,
    Duration quiet,
    Duration parked,
    Duration approval,
    Duration pollInterval,
    Duration busyPatience,
    Duration taskPatience,
    int callsAtOnce,
    int clipsAtOnce,
    Duration runBudget,
    Duration retryWindow,
    BigDecimal costCapUsd,
    Map<String, KindSpec> kinds) {

  public static final String FILM = "film";
  public static final String MEDIA = "media";
  public static final String HOUSE = "house";

  public QueueConfig {
    slots = Map.copyOf(slots);
    kinds = Map.copyOf(kinds);
  }

  /** Reads the numbers that operators change; the others are promises and fixed. */
  public static QueueConfig from(Environment env) {
    return new QueueConfig(
        Map.of(
            FILM, env.integer("FILM_SLOTS", 4, 1, 1_000, "films in production at once"),
            MEDIA, env.integer("MEDIA_SLOTS", 4, 1, 1_000, "audio and picture jobs at once"),
            HOUSE, env.integer("HOUSE_SLOTS", 2, 1, 100, "deletions and exports at once")),
        env.integer("QUEUE_WINDOW", 2, 1, 100, "jobs of one account in line or production"),
        env.integer("QUEUE_BACKLOG", 10, 0, 1_000, "jobs of one account behind its window"),
        5,
        env.seconds("LEASE_SECONDS", 90, "silence after which a worker's job is taken from it"),
        env.seconds("BEAT_SECONDS", 20, "silence after which a worker says that it lives"),
        env.seconds("QUIET_SECONDS", 45, "silence after which a worker calls no provider"),
        env.seconds("PARKED_SECONDS", 6 * 3_600, "how long a job waits for providers at most"),
        env.seconds("APPROVAL_SECONDS", 7 * 86_400, "how long a parent may take to approve"),
        env.seconds("POLL_INTERVAL_SECONDS", 10, "time between two looks at a provider's task"),
        env.seconds("BUSY_SECONDS", 120, "how long a job keeps its slot while providers are busy"),
        env.seconds("TASK_SECONDS", 1_800, "how long a provider's task may take"),
        env.integer("CALLS_AT_ONCE", 4, 1, 64, "steps of one job that work side by side"),
        env.integer("CLIPS_AT_ONCE", 3, 1, 64, "tasks of one job at a provider at once"),
        env.seconds("RUN_SECONDS", 1_200, "a worker's run ends itself after that"),
        env.seconds("RETRY_WINDOW_SECONDS", 86_400, "how long a failed job may be retried"),
        env.positiveDecimal("STORY_COST_CAP_USD", "5.00", "what one job may cost in US dollars"),
        kinds(env));
  }

  /** What the queue knows of a kind. */
  public KindSpec kind(String kind) {
    KindSpec spec = kinds.get(kind);
    if (spec == null) {
      throw new IllegalArgumentException("no such kind of job: " + kind);
    }
    return spec;
  }

  private static Map<String, KindSpec> kinds(Environment env) {
    var films = new LinkedHashMap<String, Cost>();
    films.put("short", tokens(env, "VIDEO_SHORT", 1));
    films.put("medium", tokens(env, "VIDEO_MEDIUM", 2));
    films.put("long", tokens(env, "VIDEO_LONG", 3));
    Map<String, Estimate> filmTimes =
        Map.of(
            "short", estimate(env, "VIDEO_SHORT", 180, 300),
            "medium", estimate(env, "VIDEO_MEDIUM", 240, 420),
            "long", estimate(env, "VIDEO_LONG", 320, 560));
    var kinds = new HashMap<String, KindSpec>();
    kinds.put("video", new KindSpec("video", FILM, true, true, true, filmTimes, films));
    kinds.put(
        "narrated",
        new KindSpec(
            "narrated",
            MEDIA,
            false,
            true,
            true,
            Map.of("", estimate(env, "NARRATED", 15, 40)),
            Map.of("", new Cost(tokens(env, "NARRATED", 1).tokens(), 1))));
    for (String kind : new String[] {"audio", "illustrations", "avatar", "pictogram"}) {
      String name = kind.toUpperCase(java.util.Locale.ROOT);
      kinds.put(
          kind,
          new KindSpec(
              kind,
              MEDIA,
              false,
              false,
              true,
              Map.of("", estimate(env, name, 40, 90)),
              Map.of("", tokens(env, name, 0))));
    }
    for (String kind : new String[] {"deletion", "export"}) {
      kinds.put(
          kind,
          new KindSpec(
              kind,
              HOUSE,
              false,
              false,
              false,
              Map.of("", new Estimate(60, 180)),
              Map.of("", Cost.FREE)));
    }
    return kinds;
  }

  private static Cost tokens(Environment env, String name, int fallback) {
    return Cost.ofTokens(
        env.integer("TOKENS_" + name, fallback, 0, 1_000, "tokens that such a job costs"));
  }

  private static Estimate estimate(Environment env, String name, int p50, int p90) {
    int median =
        env.integer(
            "P50_SECONDS_" + name, p50, 1, 86_400, "slot time until there is a record: median");
    int nineInTen =
        env.integer(
            "P90_SECONDS_" + name, p90, 1, 86_400, "slot time until there is a record: p90");
    if (nineInTen < median) {
      env.problem("P90_SECONDS_" + name + " must not be below P50_SECONDS_" + name);
      return new Estimate(p50, p90);
    }
    return new Estimate(median, nineInTen);
  }
}
