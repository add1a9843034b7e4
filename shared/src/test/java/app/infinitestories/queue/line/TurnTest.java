package app.infinitestories.queue.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** Turns: who comes when, without any database. */
class TurnTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long COST = 90_000;

  @Test
  void whoHasBeenAwayGetsOneJobOfCredit() {
    Turn turn = Turn.enter(NOW, OptionalLong.empty(), 0, COST);

    assertEquals(NOW - COST, turn.turn());
    assertEquals(NOW, turn.lineTurn());
  }

  @Test
  void theNextJobOfTheSameAccountComesLater() {
    Turn first = Turn.enter(NOW, OptionalLong.empty(), 0, COST);
    Turn second = Turn.enter(NOW, OptionalLong.empty(), first.lineTurn(), COST);
    Turn third = Turn.enter(NOW, OptionalLong.empty(), second.lineTurn(), COST);

    assertEquals(first.turn() + COST, second.turn());
    assertEquals(second.turn() + COST, third.turn());
  }

  @Test
  void anAccountCannotPushItselfFurtherThanTenMinutes() {
    Turn turn = Turn.enter(NOW, OptionalLong.empty(), NOW + 100 * COST, COST);

    assertEquals(NOW + Turn.FURTHEST_MILLIS, turn.turn());
  }

  @Test
  void aLongLineIsEnteredAtItsHeadsTimeNotAtNow() {
    long head = NOW - 3_600_000;

    Turn turn = Turn.enter(NOW, OptionalLong.of(head), 0, COST);

    assertEquals(head - COST, turn.turn());
  }

  @Test
  void aHeavierAccountPaysLess() {
    assertEquals(90_000, Turn.cost(Duration.ofMinutes(3), 2, 1));
    assertEquals(30_000, Turn.cost(Duration.ofMinutes(3), 2, 3));
  }

  @Test
  void aNewcomerPassesAThousandJobsOfOneUser() {
    var line = new Simulation(4, 180_000, 2);
    for (int i = 0; i < 1_000; i++) {
      line.submit("pile", 0);
    }
    line.runUntil(3_600_000);

    line.submit("newcomer", 3_600_000);
    line.runUntil(4_600_000);

    // Two slots are free of the pile at any time, since its window is two.
    assertEquals(0, line.waits.getOrDefault("newcomer", List.of(-1L)).getFirst());
  }

  @Test
  void underLoadPilesShareEquallyAndOthersPassThem() {
    var line = new Simulation(4, 180_000, 2);
    for (int user = 0; user < 20; user++) {
      for (int i = 0; i < 40; i++) {
        line.submit("pile-" + user, 0);
      }
    }
    long end = 6 * 3_600_000L;
    for (long at = 600_000; at < end; at += 1_200_000) {
      line.runUntil(at);
      line.submit("guest-" + at, at);
    }
    line.runUntil(end);

    long guests =
        line.waits.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("guest"))
            .mapToLong(entry -> entry.getValue().getFirst())
            .max()
            .orElseThrow();
    assertTrue(guests <= 180_000, "a guest waited " + guests / 1_000 + " s");
    List<Integer> shares =
        line.waits.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("pile"))
            .map(entry -> entry.getValue().size())
            .toList();
    assertEquals(20, shares.size());
    assertTrue(jain(shares) > 0.99, "shares " + shares);
  }

  private static double jain(List<Integer> shares) {
    double sum = shares.stream().mapToDouble(x -> x).sum();
    double squares = shares.stream().mapToDouble(x -> (double) x * x).sum();
    return sum * sum / (shares.size() * squares);
  }

  /** Slots, windows and turns in memory, with jobs that all take the same time. */
  private static final class Simulation {
    private final int slots;
    private final long slotTime;
    private final int window;
    private final Map<String, List<Long>> waits = new HashMap<>();
    private final Map<String, long[]> accounts = new HashMap<>();
    private final PriorityQueue<Job> ready =
        new PriorityQueue<>(Comparator.comparingLong(Job::turn));
    private final Map<String, List<Long>> backlog = new HashMap<>();
    private final PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingLong(Running::end));

    private record Job(String user, long turn, long submitted) {}

    private record Running(String user, long end) {}

    Simulation(int slots, long slotTime, int window) {
      this.slots = slots;
      this.slotTime = slotTime;
      this.window = window;
    }

    void submit(String user, long now) {
      long[] account = accounts.computeIfAbsent(user, u -> new long[2]);
      if (account[0] < window) {
        account[0]++;
        enter(user, now, now);
      } else {
        backlog.computeIfAbsent(user, u -> new ArrayList<>()).add(now);
      }
      admit(now);
    }

    void runUntil(long time) {
      while (!running.isEmpty() && running.peek().end() <= time) {
        Running done = running.poll();
        List<Long> waiting = backlog.getOrDefault(done.user(), List.of());
        if (waiting.isEmpty()) {
          account(done.user())[0]--;
        } else {
          enter(done.user(), waiting.removeFirst(), done.end());
        }
        admit(done.end());
      }
    }

    private void enter(String user, long submitted, long now) {
      OptionalLong head =
          ready.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ready.peek().turn());
      Turn turn = Turn.enter(now, head, account(user)[1], slotTime / window);
      account(user)[1] = turn.lineTurn();
      ready.add(new Job(user, turn.turn(), submitted));
    }

    private void admit(long now) {
      while (running.size() < slots && !ready.isEmpty()) {
        Job job = ready.poll();
        running.add(new Running(job.user(), now + slotTime));
        waits.computeIfAbsent(job.user(), u -> new ArrayList<>()).add(now - job.submitted());
      }
    }

    private long[] account(String user) {
      return accounts.computeIfAbsent(user, u -> new long[2]);
    }
  }
}
