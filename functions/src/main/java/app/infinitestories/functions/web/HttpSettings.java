package app.infinitestories.functions.web;

import app.infinitestories.platform.config.Environment;
import java.util.Set;

/**
 * What differs between places where the router runs.
 *
 * @param corsOrigins origins such as {@code https://app.example.com} whose pages may call; none by
 *     default
 * @param trustedProxies how many proxies of ours append to X-Forwarded-For; the entry that the
 *     outermost of them wrote is the client
 */
public record HttpSettings(Set<String> corsOrigins, int trustedProxies) {
  public HttpSettings {
    corsOrigins = Set.copyOf(corsOrigins);
    if (trustedProxies < 0) {
      throw new IllegalArgumentException("trusted proxies: " + trustedProxies);
    }
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
            "how many proxies of ours append to X-Forwarded-For; 2 behind Firebase Hosting"));
  }
}
