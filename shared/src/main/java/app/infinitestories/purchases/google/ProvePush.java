package app.infinitestories.purchases.google;

import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.TokenVerifier;
import java.time.Clock;
import java.util.Set;

/** Proves by its OIDC token that a push comes from our subscription of Google's Pub/Sub. */
public final class ProvePush {
  /** Google writes its name in both ways. */
  private static final Set<String> ISSUERS =
      Set.of("https://accounts.google.com", "accounts.google.com");

  private final TokenVerifier verifier;
  private final String account;

  public ProvePush(GoogleConfig config, Clock clock) {
    this.account = config.pushAccount();
    this.verifier =
        TokenVerifier.newBuilder()
            .setAudience(config.audience())
            .setCertificatesLocation(config.certificates().toString())
            .setClock(clock::millis)
            .build();
  }

  /** Whether a token is valid now, Google's, for us, and made for the account that may push. */
  public boolean isOurs(String token) {
    try {
      JsonWebToken.Payload claims = verifier.verify(token).getPayload();
      return ISSUERS.contains(String.valueOf(claims.getIssuer()))
          // a token without an end would be one for ever
          && claims.getExpirationTimeSeconds() != null
          && account.equals(claims.get("email"))
          && Boolean.TRUE.equals(claims.get("email_verified"));
    } catch (TokenVerifier.VerificationException | IllegalArgumentException notAToken) {
      return false;
    }
  }
}
