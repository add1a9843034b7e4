package app.infinitestories.purchases.apple;

import app.infinitestories.platform.failure.Failure;
import com.apple.itunes.storekit.model.Environment;
import com.apple.itunes.storekit.model.JWSRenewalInfoDecodedPayload;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import com.apple.itunes.storekit.model.ResponseBodyV2DecodedPayload;
import com.apple.itunes.storekit.verification.SignedDataVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import com.apple.itunes.storekit.verification.VerificationStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Believes only what Apple signed for this app and environment: with Apple's own library, whose
 * environments without signatures cannot be named here.
 */
public final class AppleSignatures {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final SignedDataVerifier verifier;

  public AppleSignatures(AppleConfig config) {
    Set<InputStream> roots = new LinkedHashSet<>();
    config
        .rootCertificates()
        .forEach(
            pem -> roots.add(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    verifier =
        new SignedDataVerifier(
            roots,
            config.bundleId(),
            config.appAppleId(),
            switch (config.environment()) {
              case PRODUCTION -> Environment.PRODUCTION;
              case SANDBOX -> Environment.SANDBOX;
            },
            config.onlineChecks());
  }

  /** A piece of signed data that is not what it says it is. */
  public static final class Forged extends Exception {
    private Forged(VerificationException cause) {
      super(String.valueOf(cause.getStatus()), cause);
    }
  }

  private interface Decoding<T> {
    T decode() throws VerificationException;
  }

  /**
   * The notification in a signed payload.
   *
   * @throws Failure.Unavailable when Apple does not say now whether its certificate still holds
   */
  public ResponseBodyV2DecodedPayload notification(String signed) throws Forged {
    return verified(() -> verifier.verifyAndDecodeNotification(signed));
  }

  /** Like {@link #notification}. */
  public JWSTransactionDecodedPayload transaction(String signed) throws Forged {
    return verified(() -> verifier.verifyAndDecodeTransaction(signed));
  }

  /** Like {@link #notification}. */
  public JWSRenewalInfoDecodedPayload renewalInfo(String signed) throws Forged {
    return verified(() -> verifier.verifyAndDecodeRenewalInfo(signed));
  }

  private static <T> T verified(Decoding<T> decoding) throws Forged {
    try {
      return decoding.decode();
    } catch (VerificationException e) {
      if (e.getStatus() == VerificationStatus.RETRYABLE_VERIFICATION_FAILURE) {
        throw new Failure.Unavailable(TRY_AGAIN, e);
      }
      throw new Forged(e);
    }
  }
}
