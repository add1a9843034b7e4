package app.infinitestories.functions.api.stores;

import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.apple.ReadNotification;
import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReadEvent;
import app.infinitestories.purchases.revenuecat.ReceiveWebhook;
import app.infinitestories.purchases.revenuecat.RevenueCatConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Doors through which nobody comes, for tests of another store. */
final class Doors {
  private Doors() {}

  static RevenueCatDoor closedToRevenueCat(ReceiveDelivery inbox) {
    var config =
        new RevenueCatConfig(
            List.of(),
            List.of(),
            Optional.empty(),
            URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(1),
            false);
    return new RevenueCatDoor(
        new ProveWebhook(config, Clock.systemUTC()),
        new ReceiveWebhook(new ReadEvent(ids -> Optional.empty(), false), inbox, Optional.empty()));
  }

  static AppleDoor closedToApple(ReceiveDelivery inbox) {
    return new AppleDoor(Optional::empty, new ReadNotification(buyers()), inbox);
  }

  static GoogleDoor closedToGoogle() {
    return new GoogleDoor(Optional::empty, Optional::empty);
  }

  /** Those users, as the stores know them. */
  static FindBuyer buyers(String... uids) {
    return new FindBuyer() {
      @Override
      public Optional<String> byAppleToken(UUID token) {
        return Stream.of(uids).filter(uid -> StoreAccountIds.apple(uid).equals(token)).findFirst();
      }

      @Override
      public Optional<String> byGoogleId(String id) {
        return Stream.of(uids).filter(uid -> StoreAccountIds.google(uid).equals(id)).findFirst();
      }
    };
  }
}
