package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each service that the product stands on goes away and comes back. */
@ProductTest
class OutageTest {
  private static final String READY = "/api/health/ready";
  private static final String STORIES = "/api/v2/user-stories";

  private final Product product;

  OutageTest(Product product) {
    this.product = product;
  }

  @BeforeEach
  void everythingIsThere() {
    product.fresh();
    product.awaitThat("ready", () -> product.stranger().get(READY).status() == 200);
  }

  /** What a stopped emulator held is gone, also the slots that a dispatcher sets up but once. */
  @AfterAll
  static void startTheDispatcherAgain(Product product) {
    product.stack().part("generate-stories").stop();
    product.stack().part("generate-stories").start();
  }

  @ParameterizedTest
  @CsvSource({
    "tasks, tasks",
    "storage, storage",
    "database, realtimeDatabase",
    "auth, auth",
    "firestore, firestore"
  })
  void readinessNamesWhatIsGoneUntilItIsBack(String part, String dependency) {
    // given
    var family = product.family();
    var newcomer = Family.newcomer(product.stack());
    var somebody = product.stranger();
    var photo = family.offerPhoto().path("storageKey").asText();

    // when
    product.stack().part(part).stop();
    try {
      // then: readiness names it and nothing else
      product.awaitThat("not ready", () -> somebody.get(READY).status() == 503);
      assertEquals(List.of(dependency), unavailable(somebody.get(READY).body()));

      // and: what needs it is refused for now, not for ever
      var answer =
          switch (part) {
            case "firestore" -> family.get(STORIES);
            case "auth" -> newcomer.get(STORIES);
            case "storage" -> family.post("/api/v2/files/confirm", Map.of("storageKey", photo));
            default -> null;
          };
      if (answer != null) {
        assertEquals(503, answer.status(), answer.toString());
        assertTrue(answer.retryAfter() > 0);
      }
    } finally {
      product.stack().part(part).start();
    }
    product.awaitThat("ready again", () -> somebody.get(READY).status() == 200);
  }

  private static List<String> unavailable(JsonNode report) {
    return report.path("dependencies").properties().stream()
        .filter(entry -> !entry.getValue().path("status").asText().equals("ok"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
