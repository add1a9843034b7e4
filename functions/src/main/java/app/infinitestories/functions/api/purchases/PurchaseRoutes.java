package app.infinitestories.functions.api.purchases;

import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.accounts.ReadLedger;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Cursor;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.purchases.Purchase;
import app.infinitestories.purchases.ReadPurchases;
import app.infinitestories.ratelimit.RateLimit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/purchase} and {@code /api/v2/purchase}: what users have, and where it came from.
 */
public final class PurchaseRoutes implements RouteGroup {
  private static final int PAGE = 20;

  private final Accounts accounts;
  private final ReadLedger ledger;
  private final ReadPurchases purchases;
  private final Verifying verifying;

  public PurchaseRoutes(Accounts accounts, ReadPurchases purchases, Verifying verifying) {
    this.accounts = accounts;
    this.ledger = new ReadLedger(accounts);
    this.purchases = purchases;
    this.verifying = verifying;
  }

  /** Which page. */
  record Listing(
      @Min(1) @Max(100) @Nullable Integer limit,
      @Size(min = 1, max = 400) @Nullable String cursor) {
    int size() {
      return limit == null ? PAGE : limit;
    }

    Optional<Cursor> after() {
      return Optional.ofNullable(cursor).map(Cursor::decode);
    }
  }

  /** A page of the ledger, newest first. */
  record LedgerPage(List<EntryView> entries, @Nullable String nextCursor) {}

  /** A page of purchases, newest first. */
  record PurchasePage(List<PurchaseView> purchases, @Nullable String nextCursor) {}

  /** What is paid for. */
  record SubscriptionEnvelope(SubscriptionView subscription) {}

  /** A verified purchase, and what the user has now. */
  record Verified(PurchaseView purchase, BalanceView balance) {}

  @Override
  public void mount(Routes r) {
    r.get("/v2/purchase/balance")
        .auth(USER)
        .limit(RateLimit.READS)
        .returns(Status.OK, BalanceView.class)
        .to(call -> BalanceView.of(account(call)));
    r.get("/v2/purchase/ledger")
        .auth(USER)
        .limit(RateLimit.LOOKUPS)
        .query(Listing.class)
        .returns(Status.OK, LedgerPage.class)
        .to(this::ledger);
    r.get("/v1/purchase/subscription")
        .auth(USER)
        .limit(RateLimit.READS)
        .returns(Status.OK, SubscriptionEnvelope.class)
        .to(call -> new SubscriptionEnvelope(SubscriptionView.of(account(call).subscription())));
    r.get("/v1/purchase/history")
        .auth(USER)
        .limit(RateLimit.READS)
        .query(Listing.class)
        .returns(Status.OK, PurchasePage.class)
        .to(this::history);
    r.post("/v1/purchase/verify")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Shown.class)
        .returns(Status.OK, Verified.class)
        .fails(FailureCode.OWNED_BY_OTHER)
        .to(this::verify);
  }

  private Account account(Call<User> call) {
    return accounts
        .read(call.user().uid())
        .orElseThrow(() -> new IllegalStateException("a signed-in user has no account"));
  }

  private LedgerPage ledger(Call<User> call, Listing query) {
    List<LedgerEntry> found =
        ledger.page(
            call.user().uid(),
            query.size() + 1,
            query.after().map(place -> new ReadLedger.Place(place.at(), place.id())));
    List<LedgerEntry> page = found.subList(0, Math.min(query.size(), found.size()));
    return new LedgerPage(
        page.stream().map(EntryView::of).toList(),
        found.size() > page.size()
            ? new Cursor(page.getLast().at(), page.getLast().id()).encode()
            : null);
  }

  private PurchasePage history(Call<User> call, Listing query) {
    List<Purchase> found =
        purchases.of(
            call.user().uid(),
            query.size() + 1,
            query.after().map(place -> new ReadPurchases.Place(place.at(), place.id())));
    List<Purchase> page = found.subList(0, Math.min(query.size(), found.size()));
    return new PurchasePage(
        page.stream().map(PurchaseView::of).toList(),
        found.size() > page.size() ? cursor(page.getLast()) : null);
  }

  private static String cursor(Purchase last) {
    return new Cursor(
            Objects.requireNonNull(last.purchasedAt(), "the list is in that order"), last.id())
        .encode();
  }

  private Verified verify(Call<User> call, Shown shown) {
    Verifying.Owned owned = verifying.verify(call.user().uid(), shown);
    return new Verified(PurchaseView.of(owned.purchase()), BalanceView.of(account(call)));
  }
}
