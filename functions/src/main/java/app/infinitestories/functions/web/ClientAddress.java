package app.infinitestories.functions.web;

import java.util.ArrayList;
import java.util.List;

/** Who a request comes from, as far as proxies of ours tell it. */
final class ClientAddress {
  /** The framework shows no peer address: callers that no proxy names share one bucket. */
  static final String UNKNOWN = "unknown";

  private static final int LONGEST = 64;

  private ClientAddress() {}

  /** Counts from the right: what stands left of our own proxies' entries anybody can write. */
  static String of(Incoming incoming, int trustedProxies) {
    List<String> hops = new ArrayList<>();
    for (String value : incoming.headerValues("X-Forwarded-For")) {
      for (String hop : value.split(",", -1)) {
        hops.add(hop.strip());
      }
    }
    if (trustedProxies == 0 || hops.isEmpty()) {
      return UNKNOWN;
    }
    String client = hops.get(Math.max(0, hops.size() - trustedProxies));
    return client.isEmpty() || client.length() > LONGEST ? UNKNOWN : client;
  }
}
