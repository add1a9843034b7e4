package app.infinitestories.queue.projection;

import app.infinitestories.queue.Estimate;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When waiting jobs will be done: each job ahead takes the slot that is free earliest and keeps it
 * for its own usual time. Add the jobs in the order of the line.
 */
final class WaitEstimator {
  private final PriorityQueue<Double> slotEnds;
  private final int slots;
  private int ahead;

  /**
   * @param slotEnds for each slot in how many seconds it is expected to be free, 0 for a free one
   */
  WaitEstimator(List<Double> slotEnds) {
    this.slotEnds = new PriorityQueue<>(slotEnds);
    this.slots = slotEnds.size();
  }

  /** Takes the next job of the line in, and says when it will be done. */
  Estimate next(Estimate own) {
    double start = start();
    if (slots > 0) {
      slotEnds.poll();
      slotEnds.add(start + own.p50Seconds());
    }
    Estimate done = done(start, own, ahead);
    ahead++;
    return done;
  }

  /** When a job far down the line will be done: {@code behind} jobs after those taken in so far. */
  Estimate beyond(int behind, Estimate own, double meanSeconds) {
    return done(startBehind(behind, meanSeconds), own, ahead + behind);
  }

  /** In how many seconds a job starts that has so many ahead after those taken in so far. */
  double startBehind(int behind, double meanSeconds) {
    return start() + behind * meanSeconds / Math.max(1, slots);
  }

  /** In how many seconds a job that entered the line now would start. */
  private double start() {
    Double earliest = slotEnds.peek();
    return earliest == null ? 0 : earliest;
  }

  private Estimate done(double start, Estimate own, int jobsAhead) {
    double p50 = start + own.p50Seconds();
    double sigma = own.sigma();
    double c = Math.max(1, slots);
    double spread = Math.sqrt(sigma * sigma + jobsAhead * sigma * sigma / (c * c));
    return new Estimate(p50, p50 + Estimate.P90_SIGMAS * spread);
  }
}
