package app.infinitestories.functions.api.stores;

import app.infinitestories.functions.web.Letter;
import app.infinitestories.functions.web.SenderCheck;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReadEvent;
import java.util.Optional;

/** Lets RevenueCat in, and hands over the body as it came. */
final class RevenueCatSender implements SenderCheck<String> {
  private static final EventLog LOG = EventLog.of(RevenueCatSender.class);

  private final ProveWebhook prove;

  RevenueCatSender(ProveWebhook prove) {
    this.prove = prove;
  }

  @Override
  public String check(Letter letter) {
    if (letter.header("Authorization").filter(prove::isSecret).isEmpty()) {
      throw new Failure.Unauthenticated();
    }
    try {
      if (prove.asksForSignature() && !isSigned(letter)) {
        throw new Failure.Unauthenticated();
      }
      return letter.text();
    } catch (Failure.TooLarge neverKept) {
      LOG.error("purchase.too_large", neverKept, "source", ReadEvent.SOURCE);
      throw neverKept;
    }
  }

  private boolean isSigned(Letter letter) {
    return ProveWebhook.SIGNATURE_HEADERS.stream()
        .map(letter::header)
        .flatMap(Optional::stream)
        .anyMatch(signature -> prove.isSignature(signature, letter.bytes()));
  }
}
