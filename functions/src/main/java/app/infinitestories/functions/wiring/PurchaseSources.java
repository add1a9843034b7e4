package app.infinitestories.functions.wiring;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.functions.api.stores.AppleDoor;
import app.infinitestories.functions.api.stores.GoogleDoor;
import app.infinitestories.functions.api.stores.RevenueCatDoor;
import app.infinitestories.functions.api.stores.StoreRoutes;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.purchases.apple.AppStoreServer;
import app.infinitestories.purchases.apple.AppleSignatures;
import app.infinitestories.purchases.apple.ReadNotification;
import app.infinitestories.purchases.apple.VerifyApple;
import app.infinitestories.purchases.google.PlayStore;
import app.infinitestories.purchases.google.ProvePush;
import app.infinitestories.purchases.google.ReceivePlayNotification;
import app.infinitestories.purchases.google.VerifyGoogle;
import app.infinitestories.purchases.revenuecat.KnownUsers;
import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReadBack;
import app.infinitestories.purchases.revenuecat.ReadEvent;
import app.infinitestories.purchases.revenuecat.ReceiveWebhook;
import app.infinitestories.users.Profiles;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The sources of purchases: RevenueCat, Apple and Google, and whom an app may ask to be asked. */
final class PurchaseSources {
  /** Of one customer of RevenueCat: each is a read. */
  private static final int MOST_IDS = 20;

  private static final Duration NOT_CONFIGURED = Duration.ofHours(1);

  private final StoreSettings settings;
  private final Supplier<Firestore> firestore;
  private final ReceiveDelivery inbox;
  private final Clock clock;
  private final Supplier<Optional<AppleSignatures>> apple;
  private final Supplier<PlayStore> play;
  private final FindBuyer buyers;

  PurchaseSources(
      StoreSettings settings, Supplier<Firestore> firestore, ReceiveDelivery inbox, Clock clock) {
    this.settings = settings;
    this.firestore = firestore;
    this.inbox = inbox;
    this.clock = clock;
    apple = Suppliers.memoize(() -> settings.apple().map(AppleSignatures::new));
    buyers = new BuyersOfProfiles(firestore);
    play = Suppliers.memoize(() -> PlayStore.open(settings.google().orElseThrow()));
  }

  StoreRoutes routes() {
    var revenueCat = settings.revenueCat();
    Supplier<Optional<ProvePush>> provePush =
        Suppliers.memoize(() -> settings.google().map(config -> new ProvePush(config, clock)));
    return new StoreRoutes(
        new RevenueCatDoor(
            new ProveWebhook(revenueCat, clock),
            new ReceiveWebhook(
                new ReadEvent(knownUsers(), revenueCat.sandboxCounts()),
                inbox,
                ReadBack.of(revenueCat))),
        new AppleDoor(apple, new ReadNotification(buyers), inbox),
        new GoogleDoor(
            provePush,
            () ->
                settings
                    .google()
                    .map(config -> new ReceivePlayNotification(config, play, buyers, inbox))));
  }

  /** Asks the store that a purchase is of. */
  VerifyPurchase verify() {
    return (uid, shown) ->
        switch (shown.store()) {
          case APPLE -> verifyApple().verify(uid, shown);
          case GOOGLE -> verifyGoogle().verify(uid, shown);
          case OTHER -> throw new Failure.BadInput("store", "must be one of apple, google");
        };
  }

  private VerifyPurchase verifyApple() {
    var config = settings.apple();
    var api = config.flatMap(app -> app.api());
    if (config.isEmpty() || api.isEmpty()) {
      throw new Failure.Unavailable(NOT_CONFIGURED, null);
    }
    return new VerifyApple(
        new AppStoreServer(config.get(), api.get(), apple.get().orElseThrow()),
        buyers,
        inbox,
        clock);
  }

  private VerifyPurchase verifyGoogle() {
    var config = settings.google().orElseThrow(() -> new Failure.Unavailable(NOT_CONFIGURED, null));
    return new VerifyGoogle(config, play, buyers, inbox, clock);
  }

  private KnownUsers knownUsers() {
    return ids -> {
      var refs =
          ids.stream()
              .limit(MOST_IDS)
              .map(id -> firestore.get().collection("users").document(id))
              .toArray(DocumentReference[]::new);
      return on(firestore.get().getAll(refs)).stream()
          .filter(DocumentSnapshot::exists)
          .map(DocumentSnapshot::getId)
          .findFirst();
    };
  }

  /** Finds users by what their profiles keep for the stores. */
  private record BuyersOfProfiles(Supplier<Firestore> firestore) implements FindBuyer {
    @Override
    public Optional<String> byAppleToken(UUID token) {
      return by(Profiles.APPLE_ACCOUNT, token.toString());
    }

    @Override
    public Optional<String> byGoogleId(String id) {
      return by(Profiles.GOOGLE_ACCOUNT, id);
    }

    private Optional<String> by(String field, String value) {
      var found = on(firestore.get().collection("users").whereEqualTo(field, value).limit(1).get());
      return found.getDocuments().stream().map(DocumentSnapshot::getId).findFirst();
    }
  }
}
