package app.infinitestories.purchases.revenuecat;

import java.util.List;
import java.util.Optional;

/** Which of the ids that RevenueCat has for a customer is a user of ours. */
@FunctionalInterface
public interface KnownUsers {

  /** The first of them that has a profile. */
  Optional<String> firstKnown(List<String> ids);
}
