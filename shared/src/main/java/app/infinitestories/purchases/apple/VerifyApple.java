package app.infinitestories.purchases.apple;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.json.Json;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import app.infinitestories.purchases.VerifyPurchase;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Verifies a transaction that an iOS app shows, by asking the App Store Server API. */
public final class VerifyApple implements VerifyPurchase {
  private static final String SOURCE = "verify";
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{1,64}");

  private final AppStoreServer server;
  private final FindBuyer buyers;
  private final ReceiveDelivery inbox;
  private final Clock clock;

  public VerifyApple(AppStoreServer server, FindBuyer buyers, ReceiveDelivery inbox, Clock clock) {
    this.server = server;
    this.buyers = buyers;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public Verified verify(String uid, Shown shown) {
    String id = shown.transactionId();
    if (id == null || !ID.matcher(id).matches()) {
      throw new Failure.BadInput("transactionId", "must be a transaction of the App Store");
    }
    JWSTransactionDecodedPayload transaction =
        server
            .transaction(id)
            .orElseThrow(
                () -> new Failure.BadInput("transactionId", "the App Store does not know it"));
    if (!shown.productId().equals(transaction.getProductId())) {
      throw new Failure.BadInput("productId", "is not what this transaction bought");
    }
    String buyer = buyer(uid, transaction.getAppAccountToken());
    Outcome told = deliver(purchase(buyer, transaction), transaction);
    Outcome outcome = uid.equals(buyer) ? told : Outcome.OWNED_BY_OTHER;
    return new Verified(
        StoreIds.chain(Store.APPLE, transaction.getOriginalTransactionId()),
        StoreIds.transaction(Store.APPLE, transaction.getTransactionId()),
        transaction.getProductId(),
        outcome);
  }

  /** The store's word goes before the app's: a purchase is whose token it carries, if any. */
  private @Nullable String buyer(String uid, @Nullable UUID token) {
    return token == null || token.equals(StoreAccountIds.apple(uid))
        ? uid
        : buyers.byAppleToken(token).orElse(null);
  }

  private StoreEvent purchase(@Nullable String buyer, JWSTransactionDecodedPayload transaction) {
    // one id for each user who claims it, so that each of them gets an answer of their own
    String claim = buyer == null ? "nobody" : Hashes.sha256(buyer);
    String id = SOURCE + ":apple:" + transaction.getTransactionId() + ":" + claim;
    Instant signed = ReadNotification.instant(transaction.getSignedDate());
    return ReadNotification.purchase(
        id, transaction, signed == null ? clock.instant() : signed, buyer, null);
  }

  private Outcome deliver(StoreEvent purchase, JWSTransactionDecodedPayload transaction) {
    String raw = raw(transaction);
    Instant revoked = ReadNotification.instant(transaction.getRevocationDate());
    if (revoked != null) {
      // first, so that there is nothing to grant
      StoreEvent refund = refund(purchase, revoked);
      inbox.receive(Delivery.of(SOURCE, ownId(refund), raw, refund));
    }
    return inbox.receive(Delivery.of(SOURCE, ownId(purchase), raw, purchase));
  }

  private static String ownId(StoreEvent event) {
    return event.id().substring(SOURCE.length() + 1);
  }

  private static StoreEvent refund(StoreEvent purchase, Instant at) {
    return new StoreEvent(
        purchase.id() + ":revoked",
        at,
        Kind.REFUND,
        Store.APPLE,
        purchase.chain(),
        purchase.tx(),
        purchase.product(),
        purchase.user(),
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  /** What is kept of the answer: all that the events are made of. */
  private static String raw(JWSTransactionDecodedPayload transaction) {
    return Json.write(
        Map.of(
            "transactionId", transaction.getTransactionId(),
            "originalTransactionId", transaction.getOriginalTransactionId(),
            "productId", transaction.getProductId(),
            "purchaseDate", String.valueOf(transaction.getPurchaseDate()),
            "expiresDate", String.valueOf(transaction.getExpiresDate()),
            "revocationDate", String.valueOf(transaction.getRevocationDate()),
            "appAccountToken", String.valueOf(transaction.getAppAccountToken()),
            "signedDate", String.valueOf(transaction.getSignedDate())));
  }
}
