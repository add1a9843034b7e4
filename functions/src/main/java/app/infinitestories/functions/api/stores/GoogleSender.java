package app.infinitestories.functions.api.stores;

import app.infinitestories.functions.web.Letter;
import app.infinitestories.functions.web.SenderCheck;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.purchases.google.ProvePush;
import app.infinitestories.purchases.google.ReceivePlayNotification;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets the push subscription of Google's Pub/Sub in, and hands over the body as it came. */
final class GoogleSender implements SenderCheck<String> {
  private static final EventLog LOG = EventLog.of(GoogleSender.class);
  private static final String BEARER = "bearer ";

  private final Supplier<Optional<ProvePush>> prove;

  /**
   * @param prove empty where no app of Google Play is configured: nobody can prove anything then
   */
  GoogleSender(Supplier<Optional<ProvePush>> prove) {
    this.prove = prove;
  }

  @Override
  public String check(Letter letter) {
    ProvePush known = prove.get().orElseThrow(Failure.Unauthenticated::new);
    boolean proven =
        letter
            .header("Authorization")
            .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(value -> value.substring(BEARER.length()).strip())
            .filter(known::isOurs)
            .isPresent();
    if (!proven) {
      throw new Failure.Unauthenticated();
    }
    try {
      return letter.text();
    } catch (Failure.TooLarge neverKept) {
      LOG.error("purchase.too_large", neverKept, "source", ReceivePlayNotification.SOURCE);
      throw neverKept;
    }
  }
}
