package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.endtoend.Wiretap.Moment;
import app.infinitestories.local.studio.Faults;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the providers can do wrong, one thing at a time, and how the job ends. */
@ProductTest
class StudioFaultsTest {
  private static final long SCENES = 3;

  private final Product product;
  private final Family family;

  StudioFaultsTest(Product product) {
    this.product = product;
    this.family = product.family();
  }

  @BeforeEach
  void fresh() {
    product.fresh();
  }

  @AfterEach
  void heal() {
    product.fresh();
  }

  @Test
  void aPictureWithAnotherHeroIsPaintedOnceMore() {
    order("wrong-hero=1");

    String job = succeeds(Family.pictures());

    assertEquals(SCENES + 1, posts(StudioFaultsTest::isScene));
    assertEquals(1, steps(job, "paint-again1.").size());
    assertEquals(List.of(), steps(job, "paint-neutral-wording."));
  }

  @Test
  void anUnsafePictureIsPaintedOnceMore() {
    order("unsafe-picture@picture_check=1");

    String job = succeeds(Family.pictures());

    assertEquals(SCENES + 1, posts(StudioFaultsTest::isScene));
    assertEquals(1, steps(job, "paint-again1.").size());
  }

  @Test
  void picturesThatStayUnsafeGoDownTheLadderAndEndTheJob() {
    order("unsafe-picture@picture_check=forever");

    String job = fails(Family.pictures(), "CONTENT_REJECTED");

    assertFalse(steps(job, "paint-again2.").isEmpty());
    assertFalse(steps(job, "paint-without-people-again2.").isEmpty());
  }

  @Test
  void anUnsafePhotoEndsTheJobBeforeAnythingIsDrawn() {
    order("unsafe-picture@moderations=1");

    fails(Family.pictures(), "CONTENT_REJECTED");

    assertEquals(0, posts(seen -> seen.is("/images/edits")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aRefusedSceneGoesDownOneRungForEachRefusal(int refusals) {
    refuseRungsBelow(refusals);

    String job = succeeds(Family.pictures());

    List<String> rungs =
        List.of("paint.", "paint-neutral-wording.", "paint-tamer.", "paint-without-people.");
    for (int rung = 0; rung < rungs.size(); rung++) {
      String state = rung < refusals ? "failed" : "done";
      var steps = steps(job, rungs.get(rung));
      assertEquals(rung <= refusals ? SCENES : 0, steps.size(), rungs.get(rung));
      steps.forEach(step -> assertEquals(state, step.getString("state"), step.getId()));
    }
    assertEquals(SCENES * Math.max(0, refusals - 1), posts(seen -> seen.asks("tamer_prompt")));
  }

  @Test
  void theFourthRefusalEndsTheJobAndGivesEverythingBack() {
    refuseRungsBelow(4);

    String job = fails(Family.pictures(), "CONTENT_REJECTED");

    var last = steps(job, "paint-without-people.");
    assertFalse(last.isEmpty());
    last.forEach(step -> assertEquals("failed", step.getString("state"), step.getId()));
  }

  @Test
  void aSilentSafetyRingParksTheJobAndNothingPassesUnseen() {
    order("ring-silent=forever");

    String job = product.orderWithoutCutting(family, Family.pictures());
    product.await(job, "parked");

    assertTrue(
        Objects.requireNonNull(product.job(job).getTimestamp("dueAt")).compareTo(Timestamp.now())
            > 0);
    assertEquals(0, posts(seen -> seen.is("/images/edits")));
    assertEquals(0, posts(seen -> seen.is("/speech")));

    // and when the ring answers again and the time has come
    order("");
    Product.get(product.firestore().document("jobs/" + job).update("dueAt", Timestamp.now()));
    product.await(job, "succeeded");
    paidOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate-limit@speech=1",
        "server-error@images=1",
        "cut-connection@speech=1",
        "slow@images=1"
      })
  void aBusyProviderIsAskedAgainLater(String fault) {
    order(fault);

    succeeds(Family.pictures());

    assertEquals(1, repeated(), "the one call that brought nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-json@story_script=1", "truncated@story_script=1"})
  void anUnreadableAnswerIsAskedForOnceMore(String fault) {
    order(fault);

    succeeds(Family.pictures());

    assertEquals(2, posts(seen -> seen.asks("story_script")));
  }

  @Test
  void aProviderThatStaysUnreadableEndsTheJob() {
    order("invalid-json@story_script=forever");

    fails(Family.pictures(), "PROVIDER_UNAVAILABLE");

    assertEquals(2, posts(seen -> seen.asks("story_script")));
  }

  @Test
  void aTaskThatIsFoundUnsafeEndsTheJob() {
    order("unsafe-task=1");

    fails(Family.clips(), "CONTENT_REJECTED");
  }

  private void order(String faults) {
    product.studio().order(Faults.parse(faults));
  }

  private String succeeds(Map<String, Object> story) {
    String job = product.orderWithoutCutting(family, story);
    product.await(job, "succeeded");
    paidOnce();
    return job;
  }

  private void paidOnce() {
    assertEquals(1, product.ledgerEntries(family, "capture"));
    assertEquals(2, product.ledger(family).available());
    assertTrue(product.ledger(family).agrees());
  }

  private String fails(Map<String, Object> story, String code) {
    String job = product.orderWithoutCutting(family, story);
    product.await(job, "failed");
    assertEquals(code, product.job(job).get("error.code"));
    assertEquals(1, product.ledgerEntries(family, "release"));
    assertEquals(3, product.ledger(family).available());
    assertTrue(product.ledger(family).agrees());
    var told = family.get("/api/v2/user-stories/" + job).body().path("job").path("error");
    assertEquals(code, told.path("code").asText());
    assertFalse(told.path("message").asText().isBlank());
    assertFalse(told.path("message").asText().contains("Quillon"));
    return job;
  }

  private List<DocumentSnapshot> steps(String job, String name) {
    return product.steps(job).entrySet().stream()
        .filter(step -> step.getKey().startsWith(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private long posts(Predicate<Seen> kind) {
    return product.wiretap().posts().stream().filter(kind).count();
  }

  private long repeated() {
    var posts = product.wiretap().posts();
    return posts.size() - posts.stream().map(Seen::fingerprint).distinct().count();
  }

  private static boolean isScene(Seen seen) {
    return seen.is("/images/edits") && !seen.prompt().startsWith("A character sheet");
  }

  /** Refuses every scene on that many rungs; scenes are painted side by side, so one by one. */
  private void refuseRungsBelow(int count) {
    var turn = new Semaphore(1);
    Set<String> written = new HashSet<>();
    product
        .wiretap()
        .listen((moment, seen) -> {
          if (isScene(seen) && moment == Moment.ARRIVING) {
            turn.acquireUninterruptibly();
            order(rung(seen, written) < count ? "refusal@images=1" : "");
          } else if (isScene(seen) && moment == Moment.ANSWERED) {
            turn.release();
          }
        });
  }

  private static int rung(Seen seen, Set<String> written) {
    String first = seen.prompt().substring(0, Math.max(0, seen.prompt().indexOf("\n\n")));
    boolean neutral = seen.prompt().contains("A calm, friendly picture");
    if (!neutral) {
      written.add(first);
      return 0;
    }
    if (written.contains(first)) {
      return 1;
    }
    return seen.prompt().contains("The hero child: ") ? 2 : 3;
  }
}
