package app.infinitestories.queue;

/** How long a job keeps a slot: half are done by the first number, nine of ten by the second. */
public record Estimate(int p50Seconds, int p90Seconds) {}
