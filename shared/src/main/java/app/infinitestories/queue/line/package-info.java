/**
 * The line: window and backlog of each account, fair turns, and the batches with which jobs enter
 * and leave, together with their money.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.line;
