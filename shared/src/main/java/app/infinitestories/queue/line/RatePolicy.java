package app.infinitestories.queue.line;

import java.time.Duration;

/** At most {@code count} accepted requests within {@code window}. */
public record RatePolicy(String name, int count, Duration window) {}
