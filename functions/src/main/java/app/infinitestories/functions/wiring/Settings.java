package app.infinitestories.functions.wiring;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.ai.AiConfig;
import app.infinitestories.catalog.RankingPolicy;
import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.platform.config.CloudConfig;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.purchases.Products;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.WakeUpConfig;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Everything that is read from the environment, once; all errors at once. */
public record Settings(
    CloudConfig cloud,
    HttpSettings http,
    BigDecimal rateLimitFactor,
    AccountPolicy accounts,
    QueueConfig queue,
    WakeUpConfig wakeUps,
    Optional<String> taskInvoker,
    AiConfig ai,
    boolean childDataAllowed,
    RankingPolicy ranking,
    Products products,
    StoreSettings stores,
    String appLinkBase,
    String version) {

  /**
   * Reads it.
   *
   * @throws app.infinitestories.platform.config.ConfigurationException naming every bad variable
   */
  static Settings of(Map<String, String> variables) {
    var env = new Environment(variables);
    var settings = from(env);
    env.check();
    return settings;
  }

  /** Asks for every variable; problems stay in the environment. */
  public static Settings from(Environment env) {
    var cloud = CloudConfig.from(env);
    return new Settings(
        cloud,
        HttpSettings.from(env),
        env.positiveDecimal("RATE_LIMIT_FACTOR", "1", "scales every rate limit, for load tests"),
        AccountPolicy.from(env),
        QueueConfig.from(env),
        WakeUpConfig.from(env),
        env.optional(
            "TASKS_INVOKER", "service account whose OIDC token opens the worker functions"),
        AiConfig.from(env),
        env.flag(
            "AI_CHILD_DATA_ALLOWED",
            false,
            "photos, recordings and spoken names of children may go to the AI providers"),
        RankingPolicy.from(env),
        Products.from(env),
        StoreSettings.from(env, cloud.stage()),
        env.text("APP_LINK_BASE", "https://infinitestories.app", "where links of pushes lead"),
        env.text("VERSION", "0.1.0", "version that /api/health tells"));
  }
}
