package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.endtoend.Wiretap.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's process is killed, time and again, while it makes one film. */
@ProductTest
class KilledWorkerTest {
  private static final long CALLS_AT_ONCE = 4;

  private final Product product;

  KilledWorkerTest(Product product) {
    this.product = product;
  }

  @BeforeEach
  void fresh() {
    product.fresh();
  }

  @AfterEach
  void leaveTheWorkerAlone() {
    product.fresh();
  }

  @Test
  void aWorkerKilledAtAnyPointIsFollowedByOneThatPaysNothingTwice() {
    var killer = new Killer();
    // given: where the worker will be killed, each once
    killer.whenAsked("the hero sheet is drawn", Moment.ANSWERED, s -> s.is("/images/edits"), 1);
    killer.whenStored("the hero sheet has arrived", name -> name.endsWith(".png"));
    killer.whenAsked("the script is written", Moment.DELIVERED, s -> s.asks("story_script"), 1);
    killer.whenAsked("in the middle of narration", Moment.ANSWERED, s -> s.is("/speech"), 4);
    killer.whenAsked("the second picture is asked for", Moment.RECEIVED, Killer::isScene, 2);
    killer.whenAsked(
        "Runway has a task, before it answers", Moment.ANSWERED, s -> s.is("/image_to_video"), 1);
    killer.whenAsked(
        "Runway has told the task's id", Moment.DELIVERED, s -> s.is("/image_to_video"), 2);
    killer.whenAsked("at the first poll", Moment.RECEIVED, s -> s.path().contains("/tasks/"), 1);
    killer.whenStored("a clip was downloaded", name -> name.endsWith(".mp4"));
    killer.whenStored("a cut segment has arrived", name -> name.endsWith(".mov"));
    killer.whenStored(
        "the film has arrived at its place",
        name -> name.contains("/videos/") && name.endsWith(".mp4"));
    killer.arm();
    var family = product.family();

    // when
    String jobId = family.order(Family.clips());
    product.await(jobId, "succeeded");

    // then
    assertEquals(List.of(), killer.pending());
    assertEquals(11, killer.kills().size());
    assertEquals(1, product.documents("users/" + family.uid() + "/stories").size());
    assertEquals(1, product.ledgerEntries(family, "hold"));
    assertEquals(1, product.ledgerEntries(family, "capture"));
    assertEquals(0, product.ledgerEntries(family, "release"));
    assertEquals(2, product.ledger(family).available());
    assertTrue(product.ledger(family).agrees());

    // and: only what a kill cut off before it was recorded was paid again, once for each kill
    List<Seen> posts = product.wiretap().posts();
    long recorded = paidSteps(jobId);
    assertEquals(recorded, distinct(posts), "each paid step is one request");
    long again = posts.size() - recorded;
    System.out.printf(
        "%d kills; %d POSTs, %d of them again; cut off by each: %s%n",
        killer.kills().size(), posts.size(), again, killer.cutOff());
    assertTrue(again <= killer.cutOff().stream().mapToLong(n -> n).sum());
    killer.cutOff().forEach(n -> assertTrue(n <= CALLS_AT_ONCE, "cut off at once: " + n));
    assertEquals(1, killer.mostInOneRun(), "nothing is asked for twice by one run");
    product.awaitThat("a push", () -> !product.pushes(family).isEmpty());
    assertEquals(1, product.pushes(family).size());
  }

  private static long distinct(List<Seen> posts) {
    return posts.stream().map(Seen::fingerprint).distinct().count();
  }

  /** Steps that are recorded as paid: a call was answered, or a task has its id. */
  private long paidSteps(String jobId) {
    return product.steps(jobId).values().stream()
        .filter(step -> step.getString("provider") != null)
        .filter(step -> !"intent".equals(step.getString("state")))
        .count();
  }

  /** Kills the worker at points that are seen from outside of it, and starts it again. */
  private final class Killer {
    private final List<Point> points = new ArrayList<>();
    private final List<String> kills = new ArrayList<>();
    private final AtomicBoolean down = new AtomicBoolean();
    private final List<Long> cutOff = new ArrayList<>();
    private final Map<String, Integer> ofThisRun = new HashMap<>();
    private int mostInOneRun;
    private long paidBefore;

    private record Point(
        String name,
        Moment moment,
        Predicate<Seen> request,
        Predicate<String> object,
        AtomicInteger left) {}

    /** The nth request of that kind. */
    void whenAsked(String name, Moment moment, Predicate<Seen> request, int nth) {
      points.add(new Point(name, moment, request, object -> false, new AtomicInteger(nth)));
    }

    void whenStored(String name, Predicate<String> object) {
      points.add(
          new Point(
              name,
              Moment.DELIVERED,
              request -> false,
              s -> work(s, object),
              new AtomicInteger(1)));
    }

    /** What a parent uploads is not the worker's. */
    private static boolean work(String name, Predicate<String> object) {
      return !name.contains("/uploads/") && object.test(name);
    }

    static boolean isScene(Seen seen) {
      return seen.is("/images/edits") && !seen.prompt().startsWith("A character sheet");
    }

    void arm() {
      product.wiretap().listen(this::at);
      product.storageStandIn().watch(this::stored);
    }

    private void at(Moment moment, Seen seen) {
      if (seen.isPost() && moment == Moment.RECEIVED) {
        count(seen);
      }
      strike(p -> p.moment() == moment && p.request().test(seen));
    }

    private void stored(String name) {
      strike(p -> p.object().test(name));
    }

    private synchronized void strike(Predicate<Point> here) {
      if (down.get()) {
        return; // a request of the dead
      }
      for (Point point : points) {
        if (here.test(point) && point.left().decrementAndGet() == 0) {
          down.set(true);
          product.worker().kill();
          kills.add(point.name());
          long paid = paidSteps(product.onlyJob());
          cutOff.add(ofThisRun.size() - (paid - paidBefore));
          paidBefore = paid;
          ofThisRun.clear();
          points.remove(point);
          Thread.ofVirtual()
              .start(() -> {
                product.worker().start();
                down.set(false);
              });
          return;
        }
      }
    }

    synchronized List<String> pending() {
      return points.stream().map(Point::name).toList();
    }

    synchronized List<String> kills() {
      return List.copyOf(kills);
    }

    private synchronized void count(Seen seen) {
      if (!down.get()) {
        mostInOneRun = Math.max(mostInOneRun, ofThisRun.merge(seen.fingerprint(), 1, Integer::sum));
      } else if (!cutOff.isEmpty()) {
        cutOff.add(cutOff.removeLast() + 1); // sent while it was dying: cut off by that kill too
      }
    }

    /** For each kill, what its run had asked for and was not recorded. */
    synchronized List<Long> cutOff() {
      return List.copyOf(cutOff);
    }

    synchronized int mostInOneRun() {
      return mostInOneRun;
    }
  }
}
