package app.infinitestories.functions.api.purchases;

import static app.infinitestories.functions.web.Authority.ADMIN;
import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.accounts.Accounts;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.purchases.Product;
import app.infinitestories.purchases.Products;
import app.infinitestories.purchases.magictoken.MagicCode;
import app.infinitestories.purchases.magictoken.MagicTokens;
import app.infinitestories.ratelimit.Allowance;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.ratelimit.RateLimiter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code /api/v2/purchase/magic-token}: codes that are worth tokens. */
public final class MagicTokenRoutes implements RouteGroup {
  private static final Duration GIFT_LIFE = Duration.ofDays(365);
  private static final Duration LONGEST_LIFE = Duration.ofDays(5 * 365);

  private final MagicTokens tokens;
  private final Accounts accounts;
  private final Verifying verifying;
  private final Products products;
  private final RateLimiter limits;
  private final Clock clock;

  public MagicTokenRoutes(
      MagicTokens tokens,
      Accounts accounts,
      Verifying verifying,
      Products products,
      RateLimiter limits,
      Clock clock) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.verifying = verifying;
    this.products = products;
    this.limits = limits;
    this.clock = clock;
  }

  /** Codes that staff want. */
  record NewCodes(
      @NotNull @Min(1) @Max(1000) Long tokens,
      @NotNull @Min(1) @Max(1000) Integer count,
      @NotNull Instant expiresAt,
      @NotBlank @Size(max = 100) String campaign) {}

  /** Codes, shown this once. */
  record Codes(List<String> codes) {}

  /** A code as somebody typed it. */
  record Redemption(@NotBlank @Size(max = 100) String code) {}

  /** What a code brought. */
  record Redeemed(long granted, BalanceView balance) {}

  /** A gift to hand on. */
  record GiftCode(String code, long tokens, Instant expiresAt) {}

  @Override
  public void mount(Routes r) {
    r.post("/v2/purchase/magic-token")
        .auth(ADMIN)
        .limit(RateLimit.ADMIN)
        .body(NewCodes.class)
        .returns(Status.CREATED, Codes.class)
        .to(this::issue);
    r.post("/v2/purchase/magic-token/redeem")
        .auth(USER)
        .limit(RateLimit.CODES)
        .body(Redemption.class)
        .returns(Status.OK, Redeemed.class)
        .fails(FailureCode.NOT_FOUND, FailureCode.ALREADY_REDEEMED)
        .to(this::redeem);
    r.post("/v2/purchase/magic-token/purchase")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Shown.class)
        .returns(Status.CREATED, GiftCode.class)
        .fails(FailureCode.OWNED_BY_OTHER, FailureCode.ALREADY_REDEEMED, FailureCode.CONFLICT)
        .to(this::give);
  }

  private Codes issue(Call<User> call, NewCodes body) {
    Instant now = clock.instant();
    if (!body.expiresAt().isAfter(now) || body.expiresAt().isAfter(now.plus(LONGEST_LIFE))) {
      throw new Failure.BadInput("expiresAt", "must be within the next five years");
    }
    var issue =
        new MagicTokens.Issue(body.count(), body.tokens(), body.expiresAt(), body.campaign());
    return new Codes(
        tokens.issue(issue, call.user().uid(), call.requestId()).stream()
            .map(MagicCode::shown)
            .toList());
  }

  private Redeemed redeem(Call<User> call, Redemption body) {
    chargeAddress(call);
    String uid = call.user().uid();
    long granted = tokens.redeem(uid, MagicCode.typed(body.code()));
    return new Redeemed(
        granted,
        BalanceView.of(
            accounts
                .read(uid)
                .orElseThrow(() -> new IllegalStateException("a signed-in user has no account"))));
  }

  /** Whoever guesses codes does so with many accounts. */
  private void chargeAddress(Call<User> call) {
    Allowance allowance =
        limits
            .charge(RateLimit.CODES_FROM_ADDRESS, call.route(), "address:" + call.clientAddress())
            .orElseThrow(() -> new IllegalStateException("a door's limit is charged at the door"));
    if (!allowance.granted()) {
      call.report(allowance);
      throw new Failure.TooMany(FailureCode.RATE_LIMITED, allowance.untilReset());
    }
  }

  private GiftCode give(Call<User> call, Shown shown) {
    String uid = call.user().uid();
    Verifying.Owned owned = verifying.verify(uid, shown);
    Product product =
        products
            .find(owned.product())
            .filter(known -> known.kind() == Product.Kind.GIFT)
            .orElseThrow(() -> new Failure.BadInput("productId", "is not a gift"));
    Instant expiresAt = clock.instant().plus(GIFT_LIFE);
    MagicCode code =
        tokens.give(
            uid,
            new MagicTokens.Gift(
                owned.purchase().id(), owned.tx(), product.giftTokens(), expiresAt));
    return new GiftCode(code.shown(), product.giftTokens(), expiresAt);
  }
}
