package app.infinitestories.ratelimit;

import java.time.Duration;

/**
 * Every limit of the product: how many requests one caller may make within a sliding window, and
 * who keeps count.
 */
public enum RateLimit {
  /** Reading; each route counts for itself. */
  READS(100, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Changing something small; each route counts for itself. */
  WRITES(20, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Deleting things of one's own; each route counts for itself. */
  DELETIONS(10, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Reads that cost several documents: cost, queue, ledger; each route counts for itself. */
  LOOKUPS(60, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Hearts and stars; each route counts for itself. */
  REACTIONS(60, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Where a child is in a story. */
  PROGRESS(120, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** What staff do; each route counts for itself. */
  ADMIN(60, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Webhooks that could not prove who sent them, by address; those that can are not counted. */
  UNPROVEN_WEBHOOKS(20, Duration.ofMinutes(1), Kept.BY_INSTANCE),
  /** Making a profile. */
  REGISTRATION(10, Duration.ofHours(1), Kept.IN_STORE),
  /** Trying codes, by user. */
  CODES(10, Duration.ofHours(1), Kept.IN_STORE),
  /** Trying codes, by address, whoever is signed in there. */
  CODES_FROM_ADDRESS(50, Duration.ofHours(1), Kept.IN_STORE),
  /** Submitting a story, by whichever version of the API. */
  STORY_GENERATION(10, Duration.ofHours(1), Kept.BY_ACCEPTANCE),
  /** Trying a failed story again. */
  STORY_RETRY(10, Duration.ofHours(1), Kept.BY_ACCEPTANCE),
  /** Asking for everything to be forgotten. */
  ACCOUNT_DELETION(3, Duration.ofHours(1), Kept.BY_ACCEPTANCE);

  /** Who keeps count. */
  public enum Kept {
    /** This instance, in memory, per route: cheap, and exact only on this instance. */
    BY_INSTANCE,
    /** A document per policy and caller; counts attempts, before the work: for doors. */
    IN_STORE,
    /** The batch that accepts the request charges it in the account: refusals cost nothing. */
    BY_ACCEPTANCE
  }

  private final int count;
  private final Duration window;
  private final Kept kept;

  RateLimit(int count, Duration window, Kept kept) {
    this.count = count;
    this.window = window;
    this.kept = kept;
  }

  /** Requests per window, before the factor of load tests. */
  public int count() {
    return count;
  }

  public Duration window() {
    return window;
  }

  public Kept kept() {
    return kept;
  }

  /** Requests per window under a factor; at least one. */
  public int count(double factor) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(count * factor)));
  }

  /** As people write it: {@code 10/h}. */
  public String label() {
    return count + "/" + (window.equals(Duration.ofHours(1)) ? "h" : "min");
  }
}
