package app.infinitestories.purchases.apple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be configured of Apple, and what production refuses. */
class AppleConfigTest {
  private final Map<String, String> variables =
      new HashMap<>(Map.of("APPLE_BUNDLE_ID", "app.example.stories", "APPLE_APP_ID", "12345"));

  @Test
  void withoutABundleThereIsNoApple() {
    variables.clear();

    assertEquals(Optional.empty(), read(Stage.PRODUCTION));
  }

  @Test
  void theDefaultTrustsAppleAlone() {
    AppleConfig config = sound(Stage.PRODUCTION);

    assertEquals("app.example.stories", config.bundleId());
    assertEquals(12345L, config.appAppleId());
    assertEquals(AppleConfig.Where.PRODUCTION, config.environment());
    assertEquals(AppleConfig.appleRoots(), config.rootCertificates());
    assertTrue(config.onlineChecks());
    assertEquals(Optional.empty(), config.api());
  }

  @Test
  void applesRootIsACertificateThatItsLibraryTakes() {
    variables.put("APPLE_ONLINE_CHECKS", "false");

    assertNotNull(new AppleSignatures(sound(Stage.STAGING)));
  }

  @ParameterizedTest
  @CsvSource({"APPLE_ENVIRONMENT,sandbox", "APPLE_ONLINE_CHECKS,false"})
  void productionIsNotTheSandboxAndAsksApple(String name, String value) {
    variables.put(name, value);

    problem(Stage.PRODUCTION, "ENVIRONMENT is production");
    assertNotNull(sound(Stage.STAGING));
  }

  @Test
  void otherRootsAreForOtherStages(@TempDir Path folder) throws Exception {
    Path root = folder.resolve("root.pem");
    Files.writeString(root, "a certificate");
    variables.put("APPLE_ROOT_CERTIFICATES", root.toString());
    assertEquals(List.of("a certificate"), sound(Stage.STAGING).rootCertificates());
    problem(Stage.PRODUCTION, "APPLE_ROOT_CERTIFICATES must not be set");

    Files.delete(root);
    problem(Stage.STAGING, "APPLE_ROOT_CERTIFICATES cannot be read");
    assertEquals(AppleConfig.appleRoots(), read(Stage.STAGING).orElseThrow().rootCertificates());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "-1", "1234567890123456789"})
  void productionNeedsTheAppsNumber(String number) {
    variables.put("APPLE_APP_ID", number);

    problem(Stage.STAGING, "APPLE_APP_ID must be");
  }

  @Test
  void theSandboxNeedsNoNumberButNoWrongOneEither() {
    variables.put("APPLE_ENVIRONMENT", "sandbox");
    variables.remove("APPLE_APP_ID");
    assertNull(sound(Stage.STAGING).appAppleId());

    variables.put("APPLE_APP_ID", "abc");
    problem(Stage.STAGING, "APPLE_APP_ID must be");
  }

  @Test
  void theApiIsThatOfTheEnvironment() {
    key();
    AppleConfig.Api api = sound(Stage.PRODUCTION).api().orElseThrow();
    assertEquals(URI.create("https://api.storekit.apple.com"), api.baseUrl());
    assertEquals("line 1\nline 2", api.key().value());
    assertEquals("KEY1", api.keyId());
    assertEquals("issuer-1", api.issuerId());
    assertEquals(Duration.ofSeconds(10), api.patience());

    variables.put("APPLE_ENVIRONMENT", "sandbox");
    assertEquals(
        URI.create("https://api.storekit-sandbox.apple.com"),
        sound(Stage.STAGING).api().orElseThrow().baseUrl());
    variables.put("APPLE_API_BASE_URL", "http://127.0.0.1:1");
    assertEquals(
        URI.create("http://127.0.0.1:1"), sound(Stage.STAGING).api().orElseThrow().baseUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"APPLE_API_KEY", "APPLE_API_KEY_ID", "APPLE_API_ISSUER_ID"})
  void theApiNeedsAllOfItsKey(String missing) {
    key();
    variables.remove(missing);

    problem(Stage.PRODUCTION, "belong together");
    assertFalse(read(Stage.PRODUCTION).orElseThrow().api().isPresent());
  }

  private void key() {
    variables.put("APPLE_API_KEY", "line 1\\nline 2");
    variables.put("APPLE_API_KEY_ID", "KEY1");
    variables.put("APPLE_API_ISSUER_ID", "issuer-1");
  }

  private Optional<AppleConfig> read(Stage stage) {
    return AppleConfig.from(new Environment(variables), stage);
  }

  private AppleConfig sound(Stage stage) {
    var env = new Environment(variables);
    Optional<AppleConfig> config = AppleConfig.from(env, stage);
    env.check();
    return config.orElseThrow();
  }

  private void problem(Stage stage, String about) {
    var env = new Environment(variables);
    AppleConfig.from(env, stage);
    var refused = assertThrows(ConfigurationException.class, env::check);
    assertTrue(String.valueOf(refused.getMessage()).contains(about), refused.getMessage());
  }
}
