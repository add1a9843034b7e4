/** Slots: given to the first jobs of the line, unless a breaker says that it makes no sense. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.admission;
