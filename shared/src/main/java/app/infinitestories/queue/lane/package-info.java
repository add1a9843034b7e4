/** A run's lane: all its writes one after the other, each of which proves and renews its lease. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.lane;
