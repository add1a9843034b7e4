package app.infinitestories.purchases.revenuecat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.stores.RevenueCatStandIn;
import app.infinitestories.platform.Redacted;
import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.testkit.SetClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which webhooks are believed to be RevenueCat's. */
class ProveWebhookTest {
  private static final String BODY = "{\"event\": {}}";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final SetClock clock = new SetClock(NOW);
  private final ProveWebhook prove =
      new ProveWebhook(config(List.of("current", "before"), List.of("new-key", "old-key")), clock);

  @ParameterizedTest
  @ValueSource(strings = {"current", "before", "Bearer current", "Bearer before"})
  void takesTheCurrentSecretAndTheOneBefore(String authorization) {
    assertTrue(prove.isSecret(authorization));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "other", "curren", "currentt", "bearer current"})
  void refusesEverythingElse(String authorization) {
    assertFalse(prove.isSecret(authorization));
  }

  @Test
  void withoutASecretNobodyIsBelieved() {
    var closed = new ProveWebhook(config(List.of(), List.of()), clock);

    assertFalse(closed.isSecret(""));
    assertFalse(closed.asksForSignature());
    assertTrue(prove.asksForSignature());
  }

  @Test
  void takesASignatureOfEitherKeyForFiveMinutes() {
    String current = signature("new-key", clock);
    assertTrue(isSignature(current));
    assertTrue(isSignature(signature("old-key", clock)));

    clock.add(Duration.ofMinutes(5));
    assertTrue(isSignature(current));
    clock.add(Duration.ofSeconds(1));
    assertFalse(isSignature(current));
  }

  @Test
  void takesNoSignatureOfTheFuture() {
    var ahead = new SetClock(NOW.plus(Duration.ofMinutes(5)));
    assertTrue(isSignature(signature("new-key", ahead)));
    ahead.add(Duration.ofSeconds(1));
    assertFalse(isSignature(signature("new-key", ahead)));
  }

  @Test
  void refusesASignatureOfAnotherKeyBodyOrTime() {
    String right = signature("new-key", clock);

    assertFalse(isSignature(signature("other", clock)));
    assertFalse(prove.isSignature(right, (BODY + " ").getBytes(UTF_8)));
    assertFalse(
        isSignature(right.replace("t=" + NOW.getEpochSecond(), "t=" + (NOW.getEpochSecond() - 1))));
  }

  @Test
  void oneRightSignatureOfSeveralIsEnough() {
    String right = signature("new-key", clock);
    String time = right.substring(0, right.indexOf(','));
    String signed = right.substring(right.indexOf(',') + 1);

    assertTrue(isSignature(time + ", v1=00, " + signed));
    assertTrue(isSignature(signed + "," + time + ",v0=ff"));
    assertFalse(isSignature(time + ",v1=00,v1=11"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=%d",
        "%s",
        "t=,%s",
        "t=%d,t=%d,%s",
        "t=x,%s",
        "t=99999999999999999999,%s",
        "t=9223372036854775807,%s"
      })
  void refusesWhatIsNoSignature(String form) {
    String right = signature("new-key", clock);
    String signed = right.substring(right.indexOf(',') + 1);
    String header = form.replace("%d", Long.toString(NOW.getEpochSecond())).replace("%s", signed);

    assertFalse(isSignature(header));
  }

  @Test
  void configurationNamesBothSecretsTheCurrentOneFirst() {
    var env =
        new Environment(
            Map.of(
                "REVENUECAT_WEBHOOK_SECRET", "a",
                "REVENUECAT_WEBHOOK_SECRET_PREVIOUS", "b",
                "REVENUECAT_WEBHOOK_HMAC_SECRET", "c",
                "REVENUECAT_WEBHOOK_HMAC_SECRET_PREVIOUS", "d",
                "REVENUECAT_API_KEY", "e",
                "REVENUECAT_TIMEOUT_SECONDS", "7"));

    RevenueCatConfig config = RevenueCatConfig.from(env, true);

    assertEquals(List.of("a", "b"), config.secrets().stream().map(Redacted::value).toList());
    assertEquals(List.of("c", "d"), config.signingSecrets().stream().map(Redacted::value).toList());
    assertEquals(Optional.of("e"), config.apiKey().map(Redacted::value));
    assertEquals(URI.create("https://api.revenuecat.com"), config.baseUrl());
    assertEquals(Duration.ofSeconds(7), config.patience());
    assertTrue(config.sandboxCounts());
    env.check();
  }

  @Test
  void withoutConfigurationNothingIsOpen() {
    RevenueCatConfig config = RevenueCatConfig.from(new Environment(Map.of()), false);

    assertEquals(List.of(), config.secrets());
    assertEquals(List.of(), config.signingSecrets());
    assertEquals(Optional.empty(), config.apiKey());
    assertFalse(config.sandboxCounts());
    var bad = new Environment(Map.of("REVENUECAT_BASE_URL", "nowhere"));
    RevenueCatConfig.from(bad, false);
    assertThrows(ConfigurationException.class, bad::check);
  }

  private boolean isSignature(String header) {
    return prove.isSignature(header, BODY.getBytes(UTF_8));
  }

  private static String signature(String key, Clock at) {
    return new RevenueCatStandIn(0, "secret", key, at).signature(BODY);
  }

  private static RevenueCatConfig config(List<String> secrets, List<String> keys) {
    return new RevenueCatConfig(
        secrets.stream().map(Redacted::new).toList(),
        keys.stream().map(Redacted::new).toList(),
        Optional.empty(),
        URI.create("http://127.0.0.1:1"),
        Duration.ofSeconds(5),
        false);
  }
}
