package app.infinitestories.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.Cost;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.queue.line.Idempotency;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.StoredAnswer;
import app.infinitestories.queue.line.Submission;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is accepted exists once, however many ask at once and whatever happens to the answer. */
@FirestoreTest
class SubmitRacesTest {
  private QueueRig rig;

  SubmitRacesTest(Firestore firestore) {
    rig = new QueueRig(firestore, Map.of("QUEUE_BACKLOG", "60", "STARTING_TOKENS", "1"));
  }

  @BeforeEach
  void emptyDatabase(FirestoreEmulator emulator, TestProject project) {
    emulator.clear(project.id());
  }

  @Test
  void fiftyTwinsWithOneKeyMakeOneJobAndGetOneAnswer() throws Exception {
    List<SubmitResult> results =
        atOnce(50, i -> rig.queue.submitJob().submit(film("anna").withIdempotency(key("k", "b"))));

    Map<Class<?>, Long> kinds = count(results);
    assertEquals(1L, kinds.get(SubmitResult.Accepted.class), kinds::toString);
    assertEquals(49L, kinds.get(SubmitResult.Replayed.class), kinds::toString);
    var job = results.stream().flatMap(SubmitRacesTest::accepted).findFirst().orElseThrow();
    results.stream()
        .flatMap(SubmitRacesTest::replayed)
        .forEach(answer -> assertEquals(new StoredAnswer(202, job), answer));
    assertEquals(1, rig.jobsOf("anna").size());
    assertEquals(0L, rig.ledger("anna").available());
    assertTrue(rig.ledger("anna").agrees());
  }

  @Test
  void withOneTokenOneOfTwentyIsAccepted() throws Exception {
    List<SubmitResult> results = atOnce(20, i -> rig.queue.submitJob().submit(film("ben")));

    Map<Class<?>, Long> kinds = count(results);
    assertEquals(1L, kinds.get(SubmitResult.Accepted.class), kinds::toString);
    assertEquals(19L, kinds.get(SubmitResult.InsufficientTokens.class), kinds::toString);
    assertTrue(rig.ledger("ben").agrees());
  }

  @Test
  void anotherBodyUnderTheSameKeyIsAMistake() {
    rig.queue.submitJob().submit(film("cleo").withIdempotency(key("k2", "one")));

    SubmitResult second =
        rig.queue.submitJob().submit(film("cleo").withIdempotency(key("k2", "two")));

    assertInstanceOf(SubmitResult.KeyReused.class, second);
  }

  @Test
  void anAnswerWithoutAJobIsKeptAndReplayed() {
    rig.submit("dora");
    Idempotency key = key("k3", "b");
    Submission request = film("dora").withIdempotency(key);
    assertEquals(new SubmitResult.InsufficientTokens(1, 0), rig.queue.submitJob().submit(request));

    Optional<SubmitResult> twin = rig.queue.keepAnswer().keep(key, new StoredAnswer(402, "{}"));

    assertEquals(Optional.empty(), twin);
    assertEquals(
        new SubmitResult.Replayed(new StoredAnswer(402, "{}")),
        rig.queue.submitJob().submit(request));
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    rig.queue.submitJob().submit(film("emil").withIdempotency(key("k4", "b")));
    rig.time.add(Duration.ofHours(25));

    SubmitResult next = rig.queue.submitJob().submit(free("emil").withIdempotency(key("k4", "b")));

    assertInstanceOf(SubmitResult.Accepted.class, next);
  }

  @Test
  void onlyAcceptedRequestsCountAgainstTheLimit() {
    var policy = new RatePolicy("story-generation", 2, Duration.ofHours(1));
    var submit = rig.queue.submitJob();

    var first = (SubmitResult.Accepted) submit.submit(free("fay").withRate(policy));
    assertInstanceOf(
        SubmitResult.InsufficientTokens.class, submit.submit(dear("fay").withRate(policy)));
    var second = (SubmitResult.Accepted) submit.submit(free("fay").withRate(policy));
    var third = (SubmitResult.RateLimited) submit.submit(free("fay").withRate(policy));

    assertEquals(1, first.rate().orElseThrow().remaining());
    assertEquals(0, second.rate().orElseThrow().remaining());
    assertTrue(third.retryAfter().compareTo(Duration.ofMinutes(59)) > 0);
    rig.time.add(Duration.ofMinutes(61));
    assertInstanceOf(SubmitResult.Accepted.class, submit.submit(free("fay").withRate(policy)));
  }

  @Test
  void aFullBacklogIsSaid(Firestore firestore) {
    var small = new QueueRig(firestore, Map.of("QUEUE_BACKLOG", "1", "QUEUE_WINDOW", "1"));
    var submit = small.queue.submitJob();

    assertInstanceOf(SubmitResult.Accepted.class, submit.submit(free("gus")));
    assertInstanceOf(SubmitResult.Accepted.class, submit.submit(free("gus")));
    assertInstanceOf(SubmitResult.QueueFull.class, submit.submit(free("gus")));
  }

  @Test
  void aClosedAccountAcceptsNothing() {
    assertInstanceOf(
        SubmitResult.Accepted.class, rig.queue.submitJob().submit(free("hal").closingAccount()));

    assertInstanceOf(SubmitResult.AccountClosing.class, rig.queue.submitJob().submit(free("hal")));
  }

  @Test
  void documentsBesideTheJobAreMadeWithItOrNothingIs() {
    var marker = new NewDocument("markers/one", Map.of("by", "first"));
    var submit = rig.queue.submitJob();
    submit.submit(free("ida").withDocuments(List.of(marker), List.of()));

    SubmitResult second = submit.submit(free("ida").withDocuments(List.of(marker), List.of()));

    assertEquals(new SubmitResult.Conflict("markers/one"), second);
    assertEquals(1, rig.jobsOf("ida").size());
  }

  @Test
  void aCommitWhoseAnswerWasLostIsFoundAndNotMadeTwice(
      FirestoreEmulator emulator, TestProject project) throws Exception {
    try (var lossy = new LossyFirestore(emulator.host(), project.id())) {
      var losing = new QueueRig(lossy.client(), Map.of());
      losing.accounts.provision("jon");
      lossy.loseNextCommits(1);

      SubmitResult result = losing.queue.submitJob().submit(film("jon"));

      assertInstanceOf(SubmitResult.Accepted.class, result);
      assertEquals(1, lossy.lost());
      assertEquals(1, rig.jobsOf("jon").size());
      assertTrue(rig.ledger("jon").agrees());
    }
  }

  private Submission film(String uid) {
    return request(uid, Cost.ofTokens(1));
  }

  private Submission free(String uid) {
    return request(uid, Cost.FREE);
  }

  private Submission dear(String uid) {
    return request(uid, Cost.ofTokens(100));
  }

  private Submission request(String uid, Cost cost) {
    return Submission.of(rig.ids.next(), uid, "video", "short", Map.of(), cost);
  }

  private static Idempotency key(String key, String body) {
    return new Idempotency(key, body, job -> new StoredAnswer(202, job.jobId()));
  }

  private static java.util.stream.Stream<String> accepted(SubmitResult result) {
    return result instanceof SubmitResult.Accepted a
        ? java.util.stream.Stream.of(a.job().jobId())
        : java.util.stream.Stream.of();
  }

  private static java.util.stream.Stream<StoredAnswer> replayed(SubmitResult result) {
    return result instanceof SubmitResult.Replayed r
        ? java.util.stream.Stream.of(r.answer())
        : java.util.stream.Stream.of();
  }

  private static Map<Class<?>, Long> count(List<SubmitResult> results) {
    return results.stream().collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
  }

  private static List<SubmitResult> atOnce(
      int n, java.util.function.IntFunction<SubmitResult> request) throws Exception {
    List<Callable<SubmitResult>> calls =
        IntStream.range(0, n)
            .<Callable<SubmitResult>>mapToObj(i -> () -> request.apply(i))
            .toList();
    var results = new ArrayList<SubmitResult>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(calls)) {
        results.add(done.get());
      }
    }
    return results;
  }
}
