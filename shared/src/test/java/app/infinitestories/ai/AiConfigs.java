package app.infinitestories.ai;

import app.infinitestories.platform.config.Environment;
import java.util.HashMap;
import java.util.Map;

/** Configuration for tests: a provider at an address of this machine and keys that open nothing. */
public final class AiConfigs {
  private AiConfigs() {}

  public static AiConfig at(String openAiUrl, String runwayUrl, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("OPENAI_BASE_URL", openAiUrl);
    values.put("OPENAI_API_KEY", "sk-not-a-real-key");
    values.put("RUNWAY_BASE_URL", runwayUrl);
    values.put("RUNWAY_API_KEY", "key_not_a_real_key");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    var environment = new Environment(values);
    AiConfig config = AiConfig.from(environment);
    environment.check();
    return config;
  }
}
