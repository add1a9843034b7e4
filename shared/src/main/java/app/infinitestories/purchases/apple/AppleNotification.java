package app.infinitestories.purchases.apple;

import app.infinitestories.platform.json.Json;
import com.apple.itunes.storekit.model.JWSRenewalInfoDecodedPayload;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import com.apple.itunes.storekit.model.ResponseBodyV2DecodedPayload;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A notification whose three signatures have been verified.
 *
 * @param raw the body as it came
 * @param transaction null where it is not about one
 * @param renewal null where nothing renews
 */
public record AppleNotification(
    String raw,
    ResponseBodyV2DecodedPayload payload,
    @Nullable JWSTransactionDecodedPayload transaction,
    @Nullable JWSRenewalInfoDecodedPayload renewal) {

  /**
   * Verifies a body {@code {"signedPayload": …}}.
   *
   * @throws AppleSignatures.Forged if any of its signatures is not Apple's for this app
   * @throws IllegalArgumentException if it is not JSON, or has no payload
   */
  public static AppleNotification verified(AppleSignatures signatures, String raw)
      throws AppleSignatures.Forged {
    JsonNode signed = Json.parse(raw).path("signedPayload");
    if (!signed.isTextual()) {
      throw new IllegalArgumentException("no signedPayload");
    }
    ResponseBodyV2DecodedPayload payload = signatures.notification(signed.textValue());
    var data = payload.getData();
    String transaction = data == null ? null : data.getSignedTransactionInfo();
    String renewal = data == null ? null : data.getSignedRenewalInfo();
    return new AppleNotification(
        raw,
        payload,
        transaction == null ? null : signatures.transaction(transaction),
        renewal == null ? null : signatures.renewalInfo(renewal));
  }
}
