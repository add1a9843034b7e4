package app.infinitestories.functions.web;

import app.infinitestories.platform.config.Environment;
import java.time.Duration;
import java.util.Set;

/**
 * What differs between places where the router runs.
 *
 * @param corsOrigins origins such as {@code https://app.example.com} whose pages may call; none by
 *     default
 * @param trustedProxies how many proxies of ours append to X-Forwarded-For; the entry that the
 *     outermost of them wrote is the client
 * @param answerWithin how long a request may wait for Firestore in all before it is answered 503
 */
public record HttpSettings(Set<String> corsOrigins, int trustedProxies, Duration answerWithin) {
  /** Apps give up after 30 s, stores after 60 s: they are answered before that, and try again. */
  private static final int ANSWER_SECONDS = 25;

  public HttpSettings {
    corsOrigins = Set.copyOf(corsOrigins);
    if (trustedProxies < 0) {
      throw new IllegalArgumentException("trusted proxies: " + trustedProxies);
    }
  }

  /** With the time to answer that is usual. */
  public HttpSettings(Set<String> corsOrigins, int trustedProxies) {
    this(corsOrigins, trustedProxies, Duration.ofSeconds(ANSWER_SECONDS));
  }

  /** Reads the settings, noting what is wrong with them in the environment. */
  public static HttpSettings from(Environment env) {
    return new HttpSettings(
        Set.copyOf(
            env.list("CORS_ORIGINS", "origins whose pages may call the API, separated by commas")),
        env.integer(
            "TRUSTED_PROXIES",
            1,
            0,
            10,
            "how many proxies of ours append to X-Forwarded-For; 2 behind Firebase Hosting"),
        Duration.ofSeconds(
            env.integer(
                "ANSWER_SECONDS",
                ANSWER_SECONDS,
                1,
                60,
                "how long a request may wait for Firestore in all before it is answered 503")));
  }
}
