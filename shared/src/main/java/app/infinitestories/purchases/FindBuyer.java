package app.infinitestories.purchases;

import java.util.Optional;
import java.util.UUID;

/** Finds the user whom a store knows by one of {@link StoreAccountIds}. */
public interface FindBuyer {

  /** The uid behind Apple's {@code appAccountToken}, if it is a user of ours. */
  Optional<String> byAppleToken(UUID token);

  /** The uid behind Google's {@code obfuscatedExternalAccountId}, if it is a user of ours. */
  Optional<String> byGoogleId(String id);
}
