package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Waiting.on;

import java.time.Clock;
import java.time.Instant;

/** Entitlements as the account's {@link Subscription} tells them; each question is one read. */
public final class AccountEntitlements implements Entitlements {
  private final Accounts accounts;
  private final Clock clock;

  public AccountEntitlements(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public boolean has(String uid) {
    Instant now = clock.instant();
    return Subscription.of(on(accounts.ref(uid).get()), now).entitles(now);
  }
}
