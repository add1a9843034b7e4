package app.infinitestories.purchases;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.platform.Hashes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Those whom stores name, and their accounts: users of ours, and apps before their first sign-in.
 */
final class Buyers {
  private static final String ANONYMOUS = "$RCAnonymousID:";
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:_-]{0,127}");

  private final Accounts accounts;

  Buyers(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Whether RevenueCat made the id up because nobody was signed in. */
  static boolean isAnonymous(String user) {
    return user.startsWith(ANONYMOUS);
  }

  /** The account's document: a uid names its own, any other id from outside is hashed. */
  static String accountId(String user) {
    return UID.matcher(user).matches() ? user : "unknown-" + Hashes.sha256(user);
  }

  /** The account, opened if need be; empty for a user who was deleted. */
  Optional<Account> account(String user) {
    String id = accountId(user);
    Optional<Account> known = accounts.read(id);
    if (known.isPresent()) {
      return known;
    }
    if (id.equals(user)) {
      return accounts.provision(id) ? accounts.read(id) : Optional.empty();
    }
    accounts.openUnknown(id);
    return accounts.read(id);
  }
}
