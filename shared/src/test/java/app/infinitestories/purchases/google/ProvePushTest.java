package app.infinitestories.purchases.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.stores.PlayStandIn;
import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pushes are believed to be Google's. */
class ProvePushTest {
  private static final Instant NOW = Instant.parse("2026-05-10T12:00:00Z");
  // One for all tests: to make its key takes a second.
  private static final PlayRig RIG = new PlayRig(new SetClock(NOW));

  private final SetClock clock = new SetClock(NOW);
  private final ProvePush prove = new ProvePush(RIG.config(false), clock);

  @AfterAll
  static void stop() {
    RIG.close();
  }

  @Test
  void takesATokenThatIsRightInEverythingAsLongAsItLasts() {
    String token = RIG.play.token(RIG.play.claims());
    assertTrue(prove.isOurs(token));

    clock.add(Duration.ofHours(2));

    assertFalse(prove.isOurs(token));
  }

  @Test
  void googleWritesItsNameInTwoWays() {
    assertTrue(isOurs(RIG.play.claims().put("iss", "accounts.google.com")));
  }

  @ParameterizedTest
  @CsvSource({
    "aud,https://other.example.com",
    "email,other@example.com",
    "iss,https://issuer.example.com"
  })
  void refusesATokenForOrOfAnother(String claim, String value) {
    assertFalse(isOurs(RIG.play.claims().put(claim, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aud", "email", "email_verified", "exp", "iss"})
  void refusesATokenThatLacksAClaim(String claim) {
    ObjectNode claims = RIG.play.claims();
    claims.remove(claim);

    assertFalse(isOurs(claims));
  }

  @Test
  void refusesAnAddressThatNobodyVerified() {
    assertFalse(isOurs(RIG.play.claims().put("email_verified", false)));
    assertFalse(isOurs(RIG.play.claims().put("email_verified", "true")));
  }

  @Test
  void refusesAKeyThatGoogleDoesNotPublish() {
    var other = new PlayStandIn(0, PlayRig.PACKAGE, header -> false, clock);

    assertFalse(prove.isOurs(other.token(other.claims())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", "nothing", "e30.e30."})
  void refusesWhatIsNoToken(String token) {
    assertFalse(prove.isOurs(token));
  }

  private boolean isOurs(ObjectNode claims) {
    return prove.isOurs(RIG.play.token(claims));
  }

  @Test
  void withoutAPackageThereIsNoGoogle() {
    var env = new Environment(Map.of("GOOGLE_PLAY_PUSH_AUDIENCE", "a"));

    assertEquals(Optional.empty(), GoogleConfig.from(env, Stage.PRODUCTION, false));
    env.check();
  }

  @Test
  void theDefaultIsGooglesOwnKeysAndApi() {
    var env = new Environment(variables());

    assertEquals(
        new GoogleConfig(
            PlayRig.PACKAGE,
            "audience",
            "account",
            URI.create("https://www.googleapis.com/oauth2/v3/certs"),
            URI.create("https://androidpublisher.googleapis.com/"),
            Duration.ofSeconds(10),
            true),
        GoogleConfig.from(env, Stage.PRODUCTION, true).orElseThrow());
    env.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GOOGLE_PLAY_PUSH_AUDIENCE", "GOOGLE_PLAY_PUSH_ACCOUNT"})
  void whoMayPushHasToBeSaid(String missing) {
    Map<String, String> variables = variables();
    variables.remove(missing);

    problem(variables, Stage.STAGING);
  }

  @Test
  void otherKeysAreForOtherStages() {
    Map<String, String> variables = variables();
    variables.put("GOOGLE_CERTIFICATES_URL", "http://127.0.0.1:1/certs");
    var env = new Environment(variables);

    assertEquals(
        URI.create("http://127.0.0.1:1/certs"),
        GoogleConfig.from(env, Stage.STAGING, false).orElseThrow().certificates());
    env.check();
    problem(variables, Stage.PRODUCTION);
  }

  private static Map<String, String> variables() {
    return new HashMap<>(
        Map.of(
            "GOOGLE_PLAY_PACKAGE", PlayRig.PACKAGE,
            "GOOGLE_PLAY_PUSH_AUDIENCE", "audience",
            "GOOGLE_PLAY_PUSH_ACCOUNT", "account"));
  }

  private static void problem(Map<String, String> variables, Stage stage) {
    var env = new Environment(variables);
    GoogleConfig.from(env, stage, false);
    assertThrows(ConfigurationException.class, env::check);
  }
}
