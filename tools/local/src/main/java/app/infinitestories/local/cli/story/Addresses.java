package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** Where the parts of a running stack answer, as far as a phone or its makers need them. */
public record Addresses(
    String projectId, URI api, URI auth, String databaseHost, URI fcm, URI studio) {

  /**
   * Reads the description that a stack gives of itself.
   *
   * @throws PartException naming the address that is missing
   */
  public static Addresses of(JsonNode stack) {
    return new Addresses(
        text(stack, "projectId"),
        URI.create(text(stack, "apiUrl")),
        URI.create("http://" + text(stack, "authHost")),
        text(stack, "databaseHost"),
        URI.create(text(stack, "fcmUrl")),
        URI.create(text(stack, "studioUrl")));
  }

  private static String text(JsonNode stack, String field) {
    var text = stack.path(field).asText();
    if (text.isBlank()) {
      throw new PartException(
          "The running stack has no "
              + field
              + ": was it started without its functions? End it, or start it again with `./dev up`.");
    }
    return text;
  }
}
