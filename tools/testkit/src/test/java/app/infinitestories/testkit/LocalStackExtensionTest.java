package app.infinitestories.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.stack.LocalStack;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@LocalStackTest
class LocalStackExtensionTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void everyPartRuns(LocalStack stack) {
    for (String name :
        List.of(
            "firestore",
            "auth",
            "database",
            "storage",
            "tasks",
            "fcm",
            "oauth",
            "studio",
            "app-store",
            "play",
            "revenuecat")) {
      assertTrue(stack.part(name).running(), name);
      assertTrue(stack.bootTimes().containsKey(name), name);
    }
  }

  @Test
  void theEnvironmentLeadsToTheParts(LocalStack stack) {
    var environment = stack.environment();

    assertEquals(stack.part("firestore").host(), environment.get("FIRESTORE_EMULATOR_HOST"));
    assertEquals(stack.part("studio").address() + "/openai/v1", environment.get("OPENAI_BASE_URL"));
    assertTrue(
        Files.exists(Path.of(environment.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", ""))));
  }

  @Test
  void aPartIsStoppedAndStartedByTheControlAddress(LocalStack stack) throws Exception {
    var control = stack.part("control").address();
    var database = stack.part("database");

    assertEquals(200, post(control + "/parts/database/stop"));
    assertFalse(database.running());
    assertEquals(200, post(control + "/parts/database/start"));

    assertTrue(database.running());
    assertEquals(404, post(control + "/parts/unknown/stop"));
    assertEquals(409, post(control + "/parts/fcm/kill"));
  }

  private static int post(String address) throws Exception {
    var request =
        HttpRequest.newBuilder(java.net.URI.create(address)).POST(BodyPublishers.noBody()).build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }
}
