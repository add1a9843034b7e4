package app.infinitestories.functions.api.purchases;

import app.infinitestories.accounts.Account;
import java.time.Instant;

/** What a user can spend: tokens, the month's quota, and what they pay for. */
public record BalanceView(long available, long held, Month monthly, SubscriptionView subscription) {

  /** The month's quota of narrated stories. */
  public record Month(long used, long limit, Instant resetsAt) {}

  /** As the account is now. */
  public static BalanceView of(Account account) {
    return new BalanceView(
        account.available(),
        account.held(),
        new Month(
            account.monthly().used(), account.monthly().limit(), account.monthly().resetsAt()),
        SubscriptionView.of(account.subscription()));
  }
}
