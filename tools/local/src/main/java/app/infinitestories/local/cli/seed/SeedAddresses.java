package app.infinitestories.local.cli.seed;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;

/** Where the parts of a running stack answer that make and publish a book. */
record SeedAddresses(
    String projectId, URI api, String authHost, URI studio, URI storage, String bucket, Path key) {

  /**
   * Reads the description that a stack gives of itself.
   *
   * @throws PartException naming what is missing
   */
  static SeedAddresses of(JsonNode stack) {
    return new SeedAddresses(
        text(stack, "projectId"),
        URI.create(text(stack, "apiUrl")),
        text(stack, "authHost"),
        URI.create(text(stack, "studioUrl")),
        URI.create(text(stack, "storageUrl")),
        text(stack, "storageBucket"),
        Path.of(text(stack, "credentialsFile")));
  }

  private static String text(JsonNode stack, String field) {
    var text = stack.path(field).asText();
    if (text.isBlank()) {
      throw new PartException(
          "The running stack has no %s: end it, and start it again with `./dev up`."
              .formatted(field));
    }
    return text;
  }
}
