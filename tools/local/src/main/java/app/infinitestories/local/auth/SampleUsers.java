package app.infinitestories.local.auth;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Makes users in the Auth emulator and signs them in, as a phone would, by its REST API. */
public final class SampleUsers {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PASSWORD = "sample-password";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI emulator;
  private final String projectId;

  /**
   * @param host {@code host:port} of the emulator
   */
  public SampleUsers(String host, String projectId) {
    this.emulator = URI.create("http://" + host);
    this.projectId = projectId;
  }

  /**
   * An ID token of that user, who is created if need be.
   *
   * @param admin whether the user has the custom claim {@code role: admin}
   */
  public String idToken(String uid, boolean admin) {
    var email = uid.toLowerCase(java.util.Locale.ROOT) + "@example.com";
    var user =
        JsonNodeFactory.instance
            .objectNode()
            .put("localId", uid)
            .put("email", email)
            .put("password", PASSWORD)
            .put("emailVerified", true)
            .put("displayName", uid);
    var accounts = "/identitytoolkit.googleapis.com/v1/projects/" + projectId + "/accounts";
    var lookup = JsonNodeFactory.instance.objectNode();
    lookup.putArray("localId").add(uid);
    if (post(accounts + ":lookup", lookup).path("users").isEmpty()) {
      post(accounts, user);
    }
    post(
        accounts + ":update",
        JsonNodeFactory.instance
            .objectNode()
            .put("localId", uid)
            .put("password", PASSWORD)
            .put("customAttributes", admin ? "{\"role\":\"admin\"}" : "{}"));
    var signIn =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", email)
            .put("password", PASSWORD)
            .put("returnSecureToken", true);
    return post("/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=sample", signIn)
        .path("idToken")
        .asText();
  }

  private JsonNode post(String path, ObjectNode body) {
    try {
      var request =
          HttpRequest.newBuilder(emulator.resolve(path))
              .header("Authorization", "Bearer owner")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new PartException(
            "The Auth emulator answered %d: %s".formatted(answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new PartException("The Auth emulator at " + emulator + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("Interrupted while waiting for the Auth emulator", e);
    }
  }
}
