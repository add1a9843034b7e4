package app.infinitestories.functions.api.users;

import app.infinitestories.accounts.Account;
import app.infinitestories.users.Profile;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A user as they see themselves. */
public record UserView(
    String id,
    @Nullable String email,
    @Nullable String displayName,
    String language,
    @Nullable String pictureUrl,
    Tokens tokens,
    Subscription subscription,
    MonthlyStories monthlyStories,
    @Nullable Instant guardianConsentAt,
    Instant createdAt) {

  /** Tokens that can be spent, and tokens that jobs hold. */
  public record Tokens(long available, long held) {}

  /** What is paid for by the month. */
  public record Subscription(String tier, @Nullable Instant expiresAt) {}

  /** The month's quota of stories. */
  public record MonthlyStories(long used, long limit) {}

  /** The answer of the routes. */
  public record UserEnvelope(UserView user) {}

  static UserEnvelope of(Profile profile, Account account, Function<String, URI> readUrl) {
    String picture = profile.picturePath();
    return new UserEnvelope(
        new UserView(
            profile.uid(),
            profile.email(),
            profile.displayName(),
            profile.language(),
            picture == null ? null : readUrl.apply(picture).toString(),
            new Tokens(account.available(), account.held()),
            new Subscription(account.subscription().tier(), account.subscription().expiresAt()),
            new MonthlyStories(account.monthly().used(), account.monthly().limit()),
            profile.guardianConsentAt(),
            profile.createdAt()));
  }
}
