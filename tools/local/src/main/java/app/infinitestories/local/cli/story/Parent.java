package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Map;

/** A parent with an account and an ID token, as an app has it after signing in. */
record Parent(String uid, String idToken) {

  /** Signs up by the Auth emulator's REST API, which is the one that Firebase's SDKs use. */
  static Parent signUp(HttpCalls http, URI auth, String email, String password) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", email)
            .put("password", password)
            .put("returnSecureToken", true);
    var answer =
        http.json(
            "signing up a parent",
            "POST",
            auth.resolve("/identitytoolkit.googleapis.com/v1/accounts:signUp?key=sample"),
            Map.of(),
            body);
    if (!answer.hasNonNull("localId") || !answer.hasNonNull("idToken")) {
      throw new PartException("The Auth emulator answered the sign-up without user and token");
    }
    return new Parent(answer.path("localId").asText(), answer.path("idToken").asText());
  }

  @Override
  public String toString() {
    return "Parent[" + uid + "]";
  }
}
