package app.infinitestories.functions.wiring;

import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.purchases.apple.AppleConfig;
import app.infinitestories.purchases.google.GoogleConfig;
import app.infinitestories.purchases.revenuecat.RevenueCatConfig;
import java.util.Optional;

/** The stores, and whose word counts. */
public record StoreSettings(
    RevenueCatConfig revenueCat, Optional<AppleConfig> apple, Optional<GoogleConfig> google) {

  /** Reads them. */
  static StoreSettings from(Environment env, Stage stage) {
    boolean sandbox =
        env.flag(
            "SANDBOX_PURCHASES",
            stage != Stage.PRODUCTION,
            "purchases of the stores' sandboxes count: the default outside of production, refused"
                + " in it");
    if (sandbox && stage == Stage.PRODUCTION) {
      env.problem("ENVIRONMENT is production, so SANDBOX_PURCHASES must not be true");
    }
    return new StoreSettings(
        RevenueCatConfig.from(env, sandbox),
        AppleConfig.from(env, stage),
        GoogleConfig.from(env, stage, sandbox));
  }
}
