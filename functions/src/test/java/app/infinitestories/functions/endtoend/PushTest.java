package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a phone gets, through the real triggers. */
@ProductTest
class PushTest {
  private static final String NAME = "Quillon";

  private final Product product;
  private final Family family;

  PushTest(Product product) {
    this.product = product;
    this.family = product.family();
  }

  @BeforeEach
  @AfterEach
  void fresh() {
    product.fresh();
  }

  @Test
  void aFinishedStoryIsToldOnceWithoutTheChildsName() {
    String job = product.orderWithoutCutting(family, Family.pictures());
    product.await(job, "succeeded");

    JsonNode push = onlyPush();

    assertEquals(job, push.path("data").path("storyId").asText());
    assertFalse(push.toString().contains(NAME));
  }

  @Test
  void aFailedJobIsToldOnceWithItsCodeAndMessage() {
    product.studio().order(Faults.parse("unsafe-picture@moderations=1"));
    String job = product.orderWithoutCutting(family, Family.pictures());
    product.await(job, "failed");

    JsonNode push = onlyPush();

    assertEquals(job, push.path("data").path("jobId").asText());
    assertEquals("CONTENT_REJECTED", push.path("data").path("code").asText());
    assertTrue(
        push.toString().contains(String.valueOf(product.job(job).get("error.message"))),
        push.toString());
    assertFalse(push.toString().contains(NAME));
  }

  @Test
  void aFailedInnerJobIsNotTold() {
    // given
    String deletion = "deletion-" + UUID.randomUUID();
    var job = product.firestore().document("jobs/" + deletion);
    Product.get(
        job.create(
            Map.of("uid", family.uid(), "kind", "deletion", "pool", "house", "state", "running")));

    // when it fails, and a story that failed after it was told
    Product.get(
        job.update(
            "state", "failed", "error", Map.of("code", "INTERNAL", "message", "It went wrong.")));
    product.studio().order(Faults.parse("unsafe-picture@moderations=1"));
    String story = product.orderWithoutCutting(family, Family.pictures());
    product.await(story, "failed");

    // then
    assertEquals(story, onlyPush().path("data").path("jobId").asText());
  }

  /** The one push; every trigger and the sweep after them must have had their chance by then. */
  private JsonNode onlyPush() {
    product.awaitThat("a push", () -> !product.pushes(family).isEmpty());
    product.awaitThat(
        "the outbox is empty",
        () ->
            product.documents("outbox").stream()
                .noneMatch(entry ->
                    family.uid().equals(entry.getString("uid"))
                        && !"sent".equals(entry.getString("state"))));
    var pushes = product.pushes(family);
    assertEquals(1, pushes.size(), pushes.toString());
    return pushes.getFirst().message();
  }
}
