/**
 * Level 2: the queue. Here its documents, configuration and ports; the line with window and money
 * in {@code line}, slots in {@code admission}, a worker's run in {@code run}, the step ledger in
 * {@code steps}, and what puts things right again in {@code sweeper}.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue;
