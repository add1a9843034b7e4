package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.ProcessPart;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances of the API on one Firestore: what one was told, the other knows at once. */
@ProductTest
class TwoInstancesTest {
  private static final int ROUNDS = 5;

  private final Product product;
  private final ProcessPart second;
  private Family here;
  private Family there;

  TwoInstancesTest(Product product) {
    this.product = product;
    this.second = product.anotherApi();
    this.here = product.family();
    this.there = here.at(second.address());
  }

  @BeforeEach
  void bothHaveMetTheFamily() {
    product.fresh();
    SampleCatalog.publish(product);
    me(here);
    me(there);
  }

  @AfterEach
  void end() {
    second.stop();
  }

  private void turnAround() {
    Family before = here;
    here = there;
    there = before;
  }

  private static JsonNode me(Family family) {
    return family.get("/api/v1/users/me").body().path("user");
  }

  private static JsonNode story(Family family) {
    return family.get("/api/v1/stories/" + SampleCatalog.FREE).body().path("story");
  }

  @Test
  void aUserSeesTheirOwnWritesAtOnceOnBoth() {
    String path = "/api/v1/stories/" + SampleCatalog.FREE;
    for (int round = 0; round < ROUNDS; round++) {
      String name = "Family " + round;
      String language = round % 2 == 0 ? "de" : "fr";

      here.expect("PATCH", "/api/v1/users/me", Map.of("displayName", name));
      assertEquals(name, me(there).path("displayName").asText());
      here.expect("PUT", "/api/v1/users/me/language", Map.of("language", language));
      assertEquals(language, me(there).path("language").asText());

      here.expect("PUT", path + "/favorite", Map.of());
      assertTrue(story(there).path("isFavorite").asBoolean());
      assertEquals(1, there.get("/api/v1/stories/favorites").body().path("stories").size());
      long likes = here.expect("PUT", path + "/like", Map.of()).path("likes").asLong();
      assertTrue(story(there).path("isLiked").asBoolean());
      assertEquals(likes, story(there).path("likes").asLong());
      here.expect("PUT", path + "/progress", SampleCatalog.progress(round, Instant.now()));
      assertEquals(round, story(there).path("progress").path("positionSeconds").asDouble());
      assertEquals(1, there.get("/api/v1/stories/continue-watching").body().path("stories").size());

      here.expect("DELETE", path + "/favorite", Map.of());
      assertTrue(!story(there).path("isFavorite").asBoolean());
      here.expect("DELETE", path + "/like", Map.of());
      assertTrue(!story(there).path("isLiked").asBoolean());
      turnAround();
    }

    String jobId = here.order(Family.pictures());
    assertEquals(jobId, there.get("/api/v2/user-stories").body().at("/items/0/job/id").asText());
    there.cancel(jobId);
    assertEquals(
        "cancelled", here.get("/api/v2/user-stories/" + jobId).body().at("/job/state").asText());
    assertEquals(3, me(here).at("/tokens/available").asLong());
  }
}
