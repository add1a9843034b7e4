/**
 * What puts things right again: silent workers, jobs that only wait, places left empty, orphans.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.sweeper;
