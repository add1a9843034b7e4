package app.infinitestories.purchases.google;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.json.Json;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.VerifyPurchase;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Verifies a purchase that an Android app shows, by asking Google Play. */
public final class VerifyGoogle implements VerifyPurchase {
  private static final String SOURCE = "verify";
  private static final int LONGEST_TOKEN = 1500;

  private final GoogleConfig config;
  private final Supplier<PlayStore> store;
  private final FindBuyer buyers;
  private final ReceiveDelivery inbox;
  private final Clock clock;

  public VerifyGoogle(
      GoogleConfig config,
      Supplier<PlayStore> store,
      FindBuyer buyers,
      ReceiveDelivery inbox,
      Clock clock) {
    this.config = config;
    this.store = store;
    this.buyers = buyers;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public Verified verify(String uid, Shown shown) {
    String token = shown.purchaseToken();
    if (token == null || token.isBlank() || token.length() > LONGEST_TOKEN) {
      throw new Failure.BadInput("purchaseToken", "must be a token of Google Play");
    }
    PlayPurchase purchase =
        find(shown.productId(), token)
            .filter(found -> config.sandboxCounts() || !found.isTest())
            .orElseThrow(
                () -> new Failure.BadInput("purchaseToken", "Google Play does not know it"));
    if (!purchase.product().equals(shown.productId())) {
      throw new Failure.BadInput("productId", "is not what this purchase bought");
    }
    if (!purchase.paid()) {
      throw new Failure.BadInput("purchaseToken", "is not paid yet");
    }
    String buyer = buyer(uid, purchase.accountId());
    Outcome told = deliver(buyer, purchase);
    Outcome outcome = uid.equals(buyer) ? told : Outcome.OWNED_BY_OTHER;
    return new Verified(purchase.chain(), purchase.tx(), purchase.product(), outcome);
  }

  /** The store's word goes before the app's: a purchase is whose account it names, if any. */
  private @Nullable String buyer(String uid, @Nullable String account) {
    return account == null || account.equals(StoreAccountIds.google(uid))
        ? uid
        : buyers.byGoogleId(account).orElse(null);
  }

  /** Nobody but Google knows of which kind a token is. */
  private Optional<PlayPurchase> find(String productId, String token) {
    PlayStore play = store.get();
    return play.subscription(token)
        .flatMap(found -> PlayPurchase.of(token, found))
        .or(() ->
            play.product(productId, token).map(found -> PlayPurchase.of(token, productId, found)));
  }

  private Outcome deliver(@Nullable String buyer, PlayPurchase purchase) {
    // one id for each user who claims it, so that each of them gets an answer of their own
    String id = purchase.tx() + ":" + (buyer == null ? "nobody" : Hashes.sha256(buyer));
    // Google tells when a subscription began, and not when it was renewed
    Instant begun = purchase.at();
    Instant at = begun == null || purchase.isRenewal() ? clock.instant() : begun;
    StoreEvent event = purchase.purchase(SOURCE + ":" + id, at, buyer);
    Outcome outcome = inbox.receive(Delivery.of(SOURCE, id, raw(purchase), event));
    if (buyer != null) {
      new TellPlayStore(store.get()).about(purchase, outcome);
    }
    return outcome;
  }

  /** What is kept of the answer: all that the event is made of, and no token. */
  private static String raw(PlayPurchase purchase) {
    return Json.write(
        Map.of(
            "order", purchase.order(),
            "product", purchase.product(),
            "at", String.valueOf(purchase.at()),
            "expiresAt", String.valueOf(purchase.expiresAt()),
            "willRenew", String.valueOf(purchase.willRenew()),
            "accountId", String.valueOf(purchase.accountId())));
  }
}
