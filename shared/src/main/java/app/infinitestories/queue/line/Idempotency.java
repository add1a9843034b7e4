package app.infinitestories.queue.line;

import app.infinitestories.queue.JobView;
import java.util.function.Function;

/**
 * What makes a request repeatable.
 *
 * @param scopeHash hash of user, method, path and key
 * @param bodyHash hash of the body: the same key with another body is a mistake
 * @param answer the answer to keep, from the accepted job
 */
public record Idempotency(
    String scopeHash, String bodyHash, Function<JobView, StoredAnswer> answer) {}
