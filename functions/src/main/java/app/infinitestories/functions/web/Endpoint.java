package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.ratelimit.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A mounted route: what a request must bring, who answers it, and what the answer looks like.
 *
 * @param path the template, for example {@code /api/v2/user-stories/{id}}
 * @param limit empty where the route said that it has none
 * @param answer empty where success has no body
 * @param cached how long anybody may keep an anonymous answer, which then carries an ETag; empty
 *     where nobody may
 */
record Endpoint<P, I>(
    String method,
    String path,
    Authority<P> authority,
    Optional<RateLimit> limit,
    Input<I> input,
    boolean idempotent,
    List<Status> successes,
    Optional<Class<?>> answer,
    Optional<Duration> cached,
    List<FailureCode> failures,
    BiFunction<Call<P>, I, Reply<?>> handler) {

  /** Where the second argument of the handler comes from. */
  sealed interface Input<I> {
    record None() implements Input<Nobody> {}

    record Body<I>(RecordShape<I> shape) implements Input<I> {}

    record Query<I>(RecordShape<I> shape) implements Input<I> {}
  }

  String name() {
    return method + " " + path;
  }
}
