package app.infinitestories.local.cli;

import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file by which one command finds the stack that another one runs. */
public final class RunningStack {
  private static final JsonMapper JSON = new JsonMapper();

  private RunningStack() {}

  private static Path stateFile(Path project) {
    return project.resolve("target/local-stack/stack.json");
  }

  /** The addresses of a stack, for scripts. */
  public static ObjectNode describe(LocalStack stack) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("projectId", stack.projectId())
            .put("apiUrl", address(stack, "api"))
            .put("firestoreHost", stack.part("firestore").host())
            .put("authHost", stack.part("auth").host())
            .put("databaseHost", stack.part("database").host())
            .put("storageUrl", address(stack, "storage"))
            .put("storageBucket", stack.bucket())
            .put("credentialsFile", stack.keyFile().toString())
            .put("tasksUrl", address(stack, "tasks"))
            .put("fcmUrl", address(stack, "fcm"))
            .put("studioUrl", address(stack, "studio"))
            .put("appStoreUrl", address(stack, "app-store"))
            .put("playUrl", address(stack, "play"))
            .put("revenueCatUrl", address(stack, "revenuecat"));
    json.putObject("webhookSecrets")
        .put("revenueCat", stack.webhookSecrets().revenueCat())
        .put("revenueCatHmac", stack.webhookSecrets().revenueCatHmac());
    json.put("controlUrl", address(stack, "control"));
    return json;
  }

  static void write(Path project, ObjectNode description) {
    var state = description.deepCopy().put("pid", ProcessHandle.current().pid());
    writeTo(stateFile(project), state);
  }

  static void writeTo(Path file, JsonNode json) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, json.toPrettyString() + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what this process wrote; another stack may have written there since. */
  static void forget(Path project) {
    try {
      var file = stateFile(project);
      if (Files.exists(file)
          && JSON.readTree(file.toFile()).path("pid").asLong() == ProcessHandle.current().pid()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the running stack wrote; empty when none runs. */
  public static Optional<JsonNode> find(Path project) {
    try {
      var file = stateFile(project);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var state = JSON.readTree(file.toFile());
      boolean alive =
          ProcessHandle.of(state.path("pid").asLong()).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(state) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the running stack wrote.
   *
   * @throws PartException when none runs
   */
  static JsonNode require(Path project) {
    return find(project)
        .orElseThrow(() -> new PartException("No stack runs in this checkout: start `./dev up`."));
  }

  private static String address(LocalStack stack, String name) {
    return Optional.ofNullable(stack.parts().get(name))
        .map(Part::address)
        .map(Object::toString)
        .orElse("");
  }
}
