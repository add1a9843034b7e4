package app.infinitestories.functions.web;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.failure.Failure;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.firebase.auth.AuthErrorCode;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads Firebase ID tokens. A token that was checked with Firebase is trusted for up to five
 * minutes, so that a revoked or disabled account is refused after that at the latest.
 */
public final class FirebaseAuthenticator implements Authenticator {
  private static final Duration TRUST = Duration.ofMinutes(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final int TOKENS = 20_000;
  private static final int LONGEST_TOKEN = 8192;

  /** Firebase's word that it is the token that is at fault; anything else is Firebase's fault. */
  private static final Set<AuthErrorCode> TOKEN_IS_BAD =
      EnumSet.of(
          AuthErrorCode.EXPIRED_ID_TOKEN,
          AuthErrorCode.INVALID_ID_TOKEN,
          AuthErrorCode.REVOKED_ID_TOKEN,
          AuthErrorCode.TENANT_ID_MISMATCH,
          AuthErrorCode.TENANT_NOT_FOUND,
          AuthErrorCode.USER_NOT_FOUND,
          AuthErrorCode.USER_DISABLED);

  /** Firebase's check of an ID token, as claims. */
  @FunctionalInterface
  public interface IdTokens {
    Map<String, Object> verify(String token, boolean checkRevoked) throws FirebaseAuthException;

    /** The check of production; the client is asked for at the first token. */
    static IdTokens of(Supplier<FirebaseAuth> auth) {
      return (token, checkRevoked) -> auth.get().verifyIdToken(token, checkRevoked).getClaims();
    }
  }

  private record Checked(User user, Instant trustedUntil) {}

  private final IdTokens idTokens;
  private final Clock clock;
  private final Cache<String, Checked> checked = Caffeine.newBuilder().maximumSize(TOKENS).build();

  public FirebaseAuthenticator(IdTokens idTokens, Clock clock) {
    this.idTokens = idTokens;
    this.clock = clock;
  }

  @Override
  public User authenticate(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw new Failure.Unauthenticated();
    }
    // only a hash is kept: a dump of this memory holds no usable token
    String key = Hashes.sha256(token);
    Checked known = checked.getIfPresent(key);
    if (known != null && clock.instant().isBefore(known.trustedUntil())) {
      return known.user();
    }
    Checked fresh = check(token);
    checked.put(key, fresh);
    return fresh.user();
  }

  private Checked check(String token) {
    Instant now = clock.instant();
    Map<String, Object> claims;
    try {
      claims = idTokens.verify(token, true);
    } catch (FirebaseAuthException refused) {
      AuthErrorCode code = refused.getAuthErrorCode();
      if (code != null && TOKEN_IS_BAD.contains(code)) {
        throw new Failure.Unauthenticated();
      }
      throw new Failure.Unavailable(RETRY_AFTER, refused);
    } catch (IllegalArgumentException unreadable) {
      throw new Failure.Unauthenticated();
    }
    if (!(claims.get("sub") instanceof String uid) || uid.isEmpty()) {
      throw new Failure.Unauthenticated();
    }
    User user =
        new User(
            uid,
            claims.get("email") instanceof String email ? email : null,
            Boolean.TRUE.equals(claims.get("email_verified")),
            "admin".equals(claims.get("role")));
    Instant trust = now.plus(TRUST);
    Instant expiry =
        claims.get("exp") instanceof Number seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : trust;
    return new Checked(user, expiry.isBefore(trust) ? expiry : trust);
  }
}
