package app.infinitestories.functions.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The configuration, and docs/configuration.md, which is what the settings ask for. After a change
 * that was meant, write it anew with {@code mvn -pl functions -am test -Dtest=SettingsTest
 * -Dgolden.write=true -Dsurefire.failIfNoSpecifiedTests=false} and review the difference.
 */
class SettingsTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Map<String, String> REQUIRED =
      Map.of(
          "GOOGLE_CLOUD_PROJECT", "demo",
          "OPENAI_API_KEY", "sample-openai-key",
          "RUNWAY_API_KEY", "sample-runway-key");

  @Test
  void defaultsAreThoseOfProductionWithChildrensDataAtHome() {
    Settings settings = Settings.of(REQUIRED);

    assertEquals(Stage.PRODUCTION, settings.cloud().stage());
    assertEquals("demo.firebasestorage.app", settings.cloud().storageBucket());
    assertEquals("https://demo-default-rtdb.firebaseio.com", settings.cloud().databaseUrl());
    assertFalse(settings.childDataAllowed());
    assertEquals(0, BigDecimal.ONE.compareTo(settings.rateLimitFactor()));
    assertEquals(3, settings.accounts().startingTokens());
    assertEquals(Duration.ofSeconds(90), settings.queue().lease());
    assertEquals(4, settings.queue().slots().get("film"));
    assertEquals(Optional.empty(), settings.taskInvoker());
  }

  @Test
  void explicitValuesAreTaken() {
    Settings settings =
        Settings.of(
            with(
                Map.of(
                    "ENVIRONMENT", "local",
                    "FIRESTORE_EMULATOR_HOST", "127.0.0.1:8180",
                    "STORAGE_BUCKET", "other",
                    "FCM_BASE_URL", "http://127.0.0.1:9",
                    "AI_CHILD_DATA_ALLOWED", "true",
                    "RATE_LIMIT_FACTOR", "2.5",
                    "FILM_SLOTS", "7",
                    "LEASE_SECONDS", "30",
                    "STORY_COST_CAP_USD", "1.25")));

    assertEquals(Stage.LOCAL, settings.cloud().stage());
    assertEquals(Optional.of("127.0.0.1:8180"), settings.cloud().firestoreEmulatorHost());
    assertEquals("other", settings.cloud().storageBucket());
    assertEquals(Optional.of(URI.create("http://127.0.0.1:9")), settings.cloud().fcmBaseUrl());
    assertTrue(settings.childDataAllowed());
    assertEquals(new BigDecimal("2.5"), settings.rateLimitFactor());
    assertEquals(7, settings.queue().slots().get("film"));
    assertEquals(Duration.ofSeconds(30), settings.queue().lease());
    assertEquals(new BigDecimal("1.25"), settings.queue().costCapUsd());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    String said =
        refused(
            Map.of(
                "ENVIRONMENT", "moon",
                "FILM_SLOTS", "0",
                "MEDIA_SLOTS", "many",
                "AI_CHILD_DATA_ALLOWED", "yes",
                "FCM_BASE_URL", "here",
                "WORK_ON_JOB_URL", "ftp://there",
                "RATE_LIMIT_FACTOR", "fast"));

    for (String name :
        List.of(
            "GOOGLE_CLOUD_PROJECT is not set",
            "OPENAI_API_KEY is not set",
            "RUNWAY_API_KEY is not set",
            "ENVIRONMENT is \"moon\": must be one of local, staging, production",
            "FILM_SLOTS is \"0\": must be from 1 to 1000",
            "MEDIA_SLOTS is \"many\": must be a whole number",
            "AI_CHILD_DATA_ALLOWED is \"yes\": must be true or false",
            "FCM_BASE_URL must be an absolute http or https address",
            "WORK_ON_JOB_URL is \"ftp://there\": must be an absolute http or https address",
            "RATE_LIMIT_FACTOR is \"fast\": must be a decimal number")) {
      assertTrue(said.contains(name), () -> name + " is missing in\n" + said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMIT_FACTOR, 0, must be above 0",
    "RATE_LIMIT_FACTOR, -1, must be above 0",
    "RATE_LIMIT_FACTOR, 0.0, must be above 0",
    "STORY_COST_CAP_USD, 0, must be above 0",
    "STORY_COST_CAP_USD, -5.00, must be above 0",
    "P90_SECONDS_VIDEO_SHORT, 179, must not be below P50_SECONDS_VIDEO_SHORT",
    "P50_SECONDS_AUDIO, 91, P90_SECONDS_AUDIO must not be below P50_SECONDS_AUDIO"
  })
  void numbersThatCannotBeMeantAreRefused(String name, String value, String why) {
    String said = refused(with(Map.of(name, value)));

    assertTrue(said.contains(name) && said.contains(why), said);
  }

  @Test
  void productionRefusesEveryEmulator() {
    for (String emulator :
        List.of(
            "FIRESTORE_EMULATOR_HOST",
            "FIREBASE_AUTH_EMULATOR_HOST",
            "FIREBASE_DATABASE_EMULATOR_HOST",
            "FIREBASE_STORAGE_EMULATOR_HOST",
            "CLOUD_TASKS_EMULATOR_HOST")) {
      String said = refused(with(Map.of(emulator, "127.0.0.1:1")));
      assertTrue(said.contains(emulator), said);
      assertEquals(
          Stage.LOCAL,
          Settings.of(with(Map.of(emulator, "127.0.0.1:1", "ENVIRONMENT", "local")))
              .cloud()
              .stage());
    }
  }

  @Test
  void secretsAreNotPrinted() {
    assertFalse(Settings.of(REQUIRED).toString().contains("sample-openai-key"));
  }

  @Test
  void theConfigurationPageIsWhatTheSettingsAskFor() throws Exception {
    String page = page();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, page);
    }

    assertNotEquals("", page);
    assertEquals(Files.readString(PAGE), page, "see this test's comment");
  }

  private static String page() {
    var env = new Environment(Map.of("GOOGLE_CLOUD_PROJECT", "{project}"));
    Settings.from(env);
    var page =
        new StringBuilder(
            """
            # Configuration

            All settings are environment variables, read once at the start; a process that finds bad \
            ones names all of them and ends. This page is generated from the code.

            | variable | default | meaning |
            |---|---|---|
            """);
    for (Environment.Variable variable : env.variables()) {
      page.append(
          "| `%s` | %s | %s%s |\n"
              .formatted(
                  variable.name(),
                  variable.fallback().isEmpty() ? "" : "`" + variable.fallback() + "`",
                  variable.description().replace("|", "\\|"),
                  variable.secret() ? " (secret)" : ""));
    }
    return page.toString();
  }

  private static String refused(Map<String, String> variables) {
    return String.valueOf(
        assertThrows(ConfigurationException.class, () -> Settings.of(variables)).getMessage());
  }

  private static Map<String, String> with(Map<String, String> more) {
    var all = new HashMap<>(REQUIRED);
    all.putAll(more);
    return all;
  }
}
