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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the providers can do wrong, one thing at a time, and how the job ends. */
@ProductTest
class StudioFaultsTest {
  private static final long SCENES = 3;
  private static final long REPAINTS = 2;
  private static final Pattern TASK_ID = Pattern.compile("\"id\":\"([^\"]+)\"");

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
  void aHeroThatNeverComesOutRightIsRepaintedTwiceAndTheLastSafePictureStays() {
    order("wrong-hero=forever");

    String job = succeeds(Family.pictures());

    assertEquals(SCENES * (1 + REPAINTS), posts(StudioFaultsTest::isScene));
    assertEquals(SCENES, steps(job, "paint-again1.").size());
    assertEquals(SCENES, steps(job, "paint-again2.").size());
    assertEquals(List.of(), steps(job, "paint-neutral-wording."));
    // and: the picture of each scene is the one that was painted last
    for (int scene = 1; scene <= SCENES; scene++) {
      assertEquals(
          result(job, "paint-again2." + scene + "@1"), result(job, "picture." + scene + "@1"));
    }
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
        "slow@moderations=1"
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
  void aThrottledTaskIsWaitedForAFailedOneSentAgainAndADeadAddressAskedForAnew() {
    order("throttled-task=1,failed-task=1,lost-output=1");

    String job = succeeds(Family.clips());

    assertEquals(tasks(job) + 1, submits(), "only the failed one is sent again");
    assertEquals(1, lost(job).size());
    assertEquals(1, leftBehind(job));
    assertTrue(
        product.wiretap().seen().stream()
            .anyMatch(seen -> product.wiretap().answer(seen).contains("\"THROTTLED\"")));
    assertEquals(
        1,
        product.studio().calls().stream()
            .filter(call -> call.path().contains("/outputs/") && call.status() == 404)
            .count());
  }

  @Test
  void tasksThatKeepFailingEndTheJobAndLeaveNothingAtTheProvider() {
    order("failed-task=forever");

    String job = fails(Family.clips(), "PROVIDER_UNAVAILABLE");

    // the step that failed for good was sent twice; the others at most as often
    assertTrue(submits() > tasks(job), submits() + " for " + tasks(job));
    assertTrue(submits() <= 2 * tasks(job), submits() + " for " + tasks(job));
    allCancelled(job);
  }

  @Test
  void aTaskThatNeverEndsIsSentOnceMoreWhenItsTimeIsUpAndCancelled() {
    order("stuck-task=1");
    List<Seen> submits = oneTaskAfterTheOther();
    String job = product.orderWithoutCutting(family, Family.clips());
    product.awaitThat("the stuck task is recorded", () -> stepOfFirst(job, submits).isPresent());
    String stuck = taskId(submits.getFirst());
    assertEquals(List.of(), lost(job), "nothing is lost before its time");

    // when: the time that a task may take is over for this one
    var longAgo = Timestamp.ofTimeSecondsAndNanos(Timestamp.now().getSeconds() - 7_200, 0);
    Product.get(
        stepOfFirst(job, submits).orElseThrow().getReference().update("submittedAt", longAgo));

    product.await(job, "succeeded");
    paidOnce();
    assertEquals(tasks(job) + 1, submits());
    assertEquals(1, lost(job).size());
    allCancelled(job);
    assertEquals(
        1,
        product.wiretap().seen().stream()
            .filter(seen -> seen.method().equals("DELETE") && seen.path().endsWith("/" + stuck))
            .count());
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

  private long submits() {
    return posts(seen -> seen.is("/image_to_video"));
  }

  /** The steps of a job that went to the film maker, however often. */
  private long tasks(String job) {
    return steps(job, "clip.").size();
  }

  /** Those of them whose first task was lost. */
  private List<DocumentSnapshot> lost(String job) {
    return steps(job, "clip.").stream()
        .filter(step -> Objects.equals(step.getLong("losses"), 1L))
        .toList();
  }

  private long leftBehind(String job) {
    return product.documents("orphans").stream()
        .filter(orphan -> job.equals(orphan.getString("jobId")))
        .count();
  }

  /** The clean-up tells the provider of every task that nobody waits for any more. */
  private void allCancelled(String job) {
    product.awaitThat(
        "tasks without an owner are cancelled",
        () ->
            product.documents("orphans").stream()
                .filter(orphan -> job.equals(orphan.getString("jobId")))
                .allMatch(orphan -> orphan.getTimestamp("cancelledAt") != null));
  }

  private Object result(String job, String step) {
    var recorded = Objects.requireNonNull(product.steps(job).get(step), step);
    return Objects.requireNonNull(recorded.get("result"), step);
  }

  /** Lets tasks reach the provider one by one, and says in which order they did. */
  private List<Seen> oneTaskAfterTheOther() {
    var turn = new Semaphore(1);
    var submits = new CopyOnWriteArrayList<Seen>();
    product
        .wiretap()
        .listen((moment, seen) -> {
          if (seen.is("/image_to_video") && moment == Moment.ARRIVING) {
            turn.acquireUninterruptibly();
            submits.add(seen);
          } else if (seen.is("/image_to_video") && moment == Moment.ANSWERED) {
            turn.release();
          }
        });
    return submits;
  }

  private Optional<DocumentSnapshot> stepOfFirst(String job, List<Seen> submits) {
    String task = submits.isEmpty() ? "" : taskId(submits.getFirst());
    return steps(job, "clip.").stream()
        .filter(step -> !task.isEmpty() && task.equals(step.getString("taskId")))
        .findFirst();
  }

  private String taskId(Seen submit) {
    var id = TASK_ID.matcher(product.wiretap().answer(submit));
    return id.find() ? id.group(1) : "";
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
