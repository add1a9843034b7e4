package app.infinitestories.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AiConfigTest {
  private static final Map<String, String> KEYS =
      Map.of("OPENAI_API_KEY", "sk-not-a-real-key", "RUNWAY_API_KEY", "key_not_a_real_key");

  @Test
  void theKeysAreAllThatMustBeSet() {
    AiConfig config = read(KEYS);

    assertEquals("https://api.openai.com/v1", config.openai().baseUrl().toString());
    assertEquals("https://api.dev.runwayml.com", config.runway().baseUrl().toString());
    assertEquals(new ModelChoice("gpt-6-luna", Optional.of("gpt-6-sol")), config.story());
    assertEquals(new AiConfig.PictureFormat("1536x1024", "medium"), config.pictureFormat());
    assertEquals(240, config.timeLimits().picture().toSeconds());
    assertTrue(config.models().contains("gen4.5"), "fallbacks are watched too");
  }

  @Test
  void everyModelAndLimitCanBeChanged() {
    AiConfig config =
        read(
            with(
                "STORY_MODEL", "gpt-6-sol",
                "STORY_MODEL_FALLBACK", "none",
                "PICTURE_SIZE", "1024x1024",
                "PICTURE_QUALITY", "high",
                "SOUND_TIMEOUT_SECONDS", "7"));

    assertEquals(new ModelChoice("gpt-6-sol", Optional.empty()), config.story());
    assertEquals(new AiConfig.PictureFormat("1024x1024", "high"), config.pictureFormat());
    assertEquals(7, config.timeLimits().sound().toSeconds());
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    var fault =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    Map.of(
                        "OPENAI_API_KEY", "sk-not-a-real-key",
                        "STORY_MODEL", "gpt-unpriced",
                        "PICTURE_SIZE", "huge",
                        "AI_PRICES", "no JSON")));

    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("RUNWAY_API_KEY"), message);
    assertTrue(message.contains("gpt-unpriced"), message);
    assertTrue(message.contains("PICTURE_SIZE"), message);
    assertTrue(message.contains("AI_PRICES"), message);
  }

  @Test
  void aNewModelNeedsNoReleaseOnlyItsPrice() {
    AiConfig config =
        read(
            with(
                "STORY_MODEL", "gpt-7",
                "AI_PRICES",
                    "{\"perMillionTokens\": {\"gpt-7\": {\"input\": \"1\", \"output\": \"2\"}}}"));

    assertEquals("gpt-7", config.story().id());
  }

  @Test
  void keysAreNotPrinted() {
    assertFalse(read(KEYS).toString().contains("real"), "no key in the text form");
  }

  private static AiConfig read(Map<String, String> values) {
    var environment = new Environment(values);
    AiConfig config = AiConfig.from(environment);
    environment.check();
    return config;
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> values = new HashMap<>(KEYS);
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return values;
  }
}
