package app.infinitestories.local.studio;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request that the studio answered. It holds no prompt, text, picture or recording: only a
 * digest of the body, so that tests can count and compare.
 *
 * @param model the model asked for, if the request named one
 * @param task the name of a chat's JSON schema
 * @param status the HTTP status of the answer; 0 if the connection was cut instead
 */
public record Call(
    Instant time,
    String method,
    String path,
    @Nullable String model,
    @Nullable String task,
    String bodySha256,
    int status) {}
