package app.infinitestories.local.firestore;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.part.EndsWithParent;
import app.infinitestories.local.part.Jdk;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.part.ProcessPart;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real Firestore emulator as a child process, with the relay that carries its triggers to
 * functions. Rules and triggers that were put are put again when it is started again.
 */
public final class FirestoreEmulator extends ProcessPart {
  private static final String MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Path jar;
  private final TriggerRelay relay = new TriggerRelay();
  private final Map<String, String> rules = new ConcurrentHashMap<>();
  private final Map<String, RegisteredTrigger> triggers = new ConcurrentHashMap<>();

  private record RegisteredTrigger(String project, Trigger trigger) {}

  /**
   * A Firestore trigger as Eventarc knows it.
   *
   * @param key names the trigger; registering the same key again replaces it
   * @param event {@code created}, {@code updated}, {@code deleted} or {@code written}
   * @param documentPattern for example {@code users/{uid}/stories/{storyId}}
   * @param function the address of the function that gets the event
   */
  public record Trigger(String key, String event, String documentPattern, URI function) {}

  public FirestoreEmulator(int port, Path logs) {
    super("firestore", port, logs);
    this.jar = FirestoreEmulatorJar.require(System.getenv());
  }

  @Override
  protected List<String> command(int port) {
    relay.start();
    var command = new ArrayList<String>();
    command.add(Jdk.java());
    // Serial collector and one compiler tier: half the memory, and up sooner.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Duser.language=en");
    command.addAll(EndsWithParent.arguments(jar, MAIN));
    command.addAll(List.of("--host", Ports.LOOPBACK, "--port", Integer.toString(port)));
    command.addAll(List.of("--functions_emulator", relay.host()));
    return command;
  }

  @Override
  protected void onReady() {
    rules.forEach(this::sendRules);
    triggers.values().forEach(t -> send(t.project(), t.trigger()));
  }

  /** Deletes every document of the project's default database; fires its delete triggers. */
  public void clear(String project) {
    call(
        "DELETE",
        "/emulator/v1/projects/" + project + "/databases/(default)/documents",
        JSON.objectNode());
  }

  /** Puts security rules in force for one project; they hold for clients, not for servers. */
  public void putRules(String project, String source) {
    rules.put(project, source);
    if (running()) {
      sendRules(project, source);
    }
  }

  /** Registers an Eventarc trigger; its events reach the function in CloudEvents' binary mode. */
  public void register(String project, Trigger trigger) {
    relay.route(project, trigger.key(), trigger.function());
    triggers.put(project + "/" + trigger.key(), new RegisteredTrigger(project, trigger));
    if (running()) {
      send(project, trigger);
    }
  }

  private void sendRules(String project, String source) {
    var body = JSON.objectNode();
    body.putObject("rules")
        .putArray("files")
        .addObject()
        .put("name", "firestore.rules")
        .put("content", source);
    call("PUT", "/emulator/v1/projects/" + project + ":securityRules", body);
  }

  private void send(String project, Trigger trigger) {
    var body =
        JSON.objectNode()
            .put("eventType", "google.cloud.firestore.document.v1." + trigger.event())
            .put("database", "(default)")
            .put("namespace", "(default)");
    body.putObject("document")
        .put("value", trigger.documentPattern())
        .put("matchType", "PATH_PATTERN");
    call(
        "POST",
        "/emulator/v1/projects/%s/eventarcTrigger?eventarcTriggerId=%s"
            .formatted(project, URLEncoder.encode(trigger.key(), UTF_8)),
        body);
  }

  private void call(String method, String path, ObjectNode body) {
    try {
      var request =
          HttpRequest.newBuilder(address().resolve(path))
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body.isEmpty()
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(new JsonMapper().writeValueAsBytes(body)))
              .build();
      var answer = HTTP.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new PartException(
            "The Firestore emulator answered %d to %s %s: %s"
                .formatted(answer.statusCode(), method, path, answer.body()));
      }
    } catch (IOException e) {
      throw new PartException("The Firestore emulator does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("Interrupted while waiting for the Firestore emulator", e);
    }
  }
}
