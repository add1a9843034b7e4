/** Puts the parts of the queue together, by hand. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.assembly;
