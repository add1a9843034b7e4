package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.testkit.SetClock;
import com.google.firebase.ErrorCode;
import com.google.firebase.auth.AuthErrorCode;
import com.google.firebase.auth.FirebaseAuthException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirebaseAuthenticatorTest {
  private final SetClock clock = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<Boolean> askedForRevocation = new ArrayList<>();
  private final Map<String, Object> claims = new HashMap<>(Map.of("sub", "u1"));
  private @Nullable Exception refusal;

  private final FirebaseAuthenticator authenticator =
      new FirebaseAuthenticator(
          (token, checkRevoked) -> {
            askedForRevocation.add(checkRevoked);
            if (refusal instanceof FirebaseAuthException refused) {
              throw refused;
            }
            if (refusal instanceof IllegalArgumentException unreadable) {
              throw unreadable;
            }
            return claims;
          },
          clock);

  private void expiresIn(Duration time) {
    claims.put("exp", clock.instant().plus(time).getEpochSecond());
  }

  private static FirebaseAuthException refusal(@Nullable AuthErrorCode code) {
    return new FirebaseAuthException(ErrorCode.UNKNOWN, "no", null, null, code);
  }

  @Test
  void readsTheUserFromTheClaims() {
    claims.putAll(Map.of("email", "a@example.com", "email_verified", true, "role", "admin"));

    assertEquals(new User("u1", "a@example.com", true, true), authenticator.authenticate("token"));
    assertEquals(List.of(true), askedForRevocation);
  }

  @Test
  void takesNobodyForAnAdminWhoIsNot() {
    claims.put("role", "Admin");

    User user = authenticator.authenticate("token");

    assertFalse(user.admin());
    assertFalse(user.emailVerified());
    assertNull(user.email());
  }

  @Test
  void asksAgainAboutATokenAfterFiveMinutes() {
    expiresIn(Duration.ofHours(1));
    authenticator.authenticate("token");
    clock.add(Duration.ofMinutes(5).minusMillis(1));
    authenticator.authenticate("token");
    assertEquals(1, askedForRevocation.size());

    clock.add(Duration.ofMillis(1));
    refusal = refusal(AuthErrorCode.REVOKED_ID_TOKEN);

    assertThrows(Failure.Unauthenticated.class, () -> authenticator.authenticate("token"));
    assertEquals(2, askedForRevocation.size());
  }

  @Test
  void trustsNoTokenBeyondItsExpiry() {
    expiresIn(Duration.ofSeconds(90));
    authenticator.authenticate("token");
    clock.add(Duration.ofSeconds(90));
    refusal = refusal(AuthErrorCode.EXPIRED_ID_TOKEN);

    assertThrows(Failure.Unauthenticated.class, () -> authenticator.authenticate("token"));
  }

  @Test
  void doesNotTakeOneTokenForAnother() {
    authenticator.authenticate("token");
    authenticator.authenticate("other");

    assertEquals(2, askedForRevocation.size());
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthErrorCode.class,
      names = {
        "EXPIRED_ID_TOKEN",
        "INVALID_ID_TOKEN",
        "REVOKED_ID_TOKEN",
        "TENANT_ID_MISMATCH",
        "USER_NOT_FOUND",
        "USER_DISABLED"
      })
  void blamesTheTokenWhereFirebaseDoes(AuthErrorCode code) {
    refusal = refusal(code);

    assertThrows(Failure.Unauthenticated.class, () -> authenticator.authenticate("token"));
  }

  @Test
  void blamesNoTokenForAnOutage() {
    refusal = refusal(null);
    assertThrows(Failure.Unavailable.class, () -> authenticator.authenticate("token"));

    refusal = refusal(AuthErrorCode.CERTIFICATE_FETCH_FAILED);
    var outage = assertThrows(Failure.Unavailable.class, () -> authenticator.authenticate("token"));
    assertTrue(outage.retryAfter().isPresent());
  }

  @Test
  void refusesWhatIsNoTokenAtAll() {
    refusal = new IllegalArgumentException("empty");
    assertThrows(Failure.Unauthenticated.class, () -> authenticator.authenticate("token"));
    assertThrows(Failure.Unauthenticated.class, () -> authenticator.authenticate("x".repeat(8193)));
    assertEquals(1, askedForRevocation.size());

    refusal = null;
    claims.remove("sub");
    assertThrows(Failure.Unauthenticated.class, () -> authenticator.authenticate("token"));
  }
}
