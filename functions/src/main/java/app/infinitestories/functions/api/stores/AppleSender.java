package app.infinitestories.functions.api.stores;

import app.infinitestories.functions.web.Letter;
import app.infinitestories.functions.web.SenderCheck;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.purchases.apple.AppleNotification;
import app.infinitestories.purchases.apple.AppleSignatures;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets Apple in: what it posts is signed by itself, and believed for nothing else. */
final class AppleSender implements SenderCheck<AppleNotification> {
  private static final EventLog LOG = EventLog.of(AppleSender.class);

  private final Supplier<Optional<AppleSignatures>> signatures;

  /**
   * @param signatures empty where no app of Apple's is configured: nobody can prove anything then
   */
  AppleSender(Supplier<Optional<AppleSignatures>> signatures) {
    this.signatures = signatures;
  }

  @Override
  public AppleNotification check(Letter letter) {
    AppleSignatures known = signatures.get().orElseThrow(Failure.Unauthenticated::new);
    try {
      return AppleNotification.verified(known, letter.text());
    } catch (AppleSignatures.Forged forged) {
      LOG.warn("apple.refused", "why", forged.getMessage());
      throw new Failure.Unauthenticated();
    } catch (IllegalArgumentException notSigned) {
      throw new Failure.Unauthenticated();
    }
  }
}
