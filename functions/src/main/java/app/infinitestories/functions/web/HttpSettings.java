package app.infinitestories.functions.web;

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
}
