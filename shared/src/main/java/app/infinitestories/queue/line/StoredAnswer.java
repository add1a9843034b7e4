package app.infinitestories.queue.line;

/** A finished HTTP answer as it is kept for replays: status and JSON body. */
public record StoredAnswer(int status, String body) {}
