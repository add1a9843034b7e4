package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.api.userstories.StoriesRig.STORIES;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Orders that come at once, over HTTP. */
@FirestoreTest
class OrderRacesTest {
  private final Firestore firestore;

  OrderRacesTest(Firestore firestore) {
    this.firestore = firestore;
  }

  @Test
  void ofTwentyOrdersWithOneTokenOneIsTaken() throws Exception {
    try (var rig = new StoriesRig(firestore, true, Map.of("STARTING_TOKENS", "1"))) {
      var orders = new ArrayList<Callable<Answer>>();
      for (int i = 0; i < 20; i++) {
        Map<String, Object> order = StoriesRig.order(rig.photo());
        orders.add(() -> rig.post(STORIES, order));
      }

      List<Answer> answers = atOnce(orders);

      assertEquals(Map.of(202, 1L, 402, 19L), byStatus(answers));
      assertEquals(0, rig.ledger().available());
      assertEquals(1, rig.ledger().held());
      assertTrue(rig.ledger().agrees());
      assertEquals(1, jobs(rig));
    }
  }

  @Test
  void fiftyCopiesOfOneOrderMakeOneJobWithOneHold() throws Exception {
    try (var rig = new StoriesRig(firestore)) {
      Map<String, Object> order = StoriesRig.order(rig.photo());
      var orders = new ArrayList<Callable<Answer>>();
      for (int i = 0; i < 50; i++) {
        orders.add(() -> rig.post(STORIES, order, "one-order"));
      }

      List<Answer> answers = atOnce(orders);

      assertEquals(Map.of(202, 50L), byStatus(answers));
      assertEquals(1, answers.stream().map(each -> each.body().at("/job/id")).distinct().count());
      assertEquals(
          49,
          answers.stream()
              .filter(each -> each.header("Idempotent-Replayed").equals("true"))
              .count());
      assertEquals(1, jobs(rig));
      assertEquals(1, rig.ledger().held());
      assertTrue(rig.ledger().agrees());
    }
  }

  private static int jobs(StoriesRig rig) {
    return on(rig.queue.store().jobs().whereEqualTo("uid", rig.uid).get()).size();
  }

  private static Map<Integer, Long> byStatus(List<Answer> answers) {
    return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
  }

  private static List<Answer> atOnce(List<Callable<Answer>> orders) throws Exception {
    var answers = new ArrayList<Answer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(orders)) {
        answers.add(done.get());
      }
    }
    return answers;
  }
}
