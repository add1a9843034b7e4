package app.infinitestories.functions.api.purchases;

import app.infinitestories.functions.web.About;
import app.infinitestories.functions.web.OneOf;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.VerifyPurchase;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an app shows of a purchase: Apple's transaction, or Google's token. */
record Shown(
    @NotNull @OneOf({"apple", "google"}) String store,
    @NotBlank @Size(max = 200) String productId,
    @Size(min = 1, max = 200) @Nullable String transactionId,
    @Size(min = 1, max = 2000) @Nullable String purchaseToken) {

  @AssertTrue(message = "is needed for apple")
  @About("transactionId")
  boolean namesTransaction() {
    return !"apple".equals(store) || transactionId != null;
  }

  @AssertTrue(message = "is needed for google")
  @About("purchaseToken")
  boolean hasToken() {
    return !"google".equals(store) || purchaseToken != null;
  }

  VerifyPurchase.Shown toStore() {
    return new VerifyPurchase.Shown(
        Store.valueOf(store.toUpperCase(Locale.ROOT)), productId, transactionId, purchaseToken);
  }
}
