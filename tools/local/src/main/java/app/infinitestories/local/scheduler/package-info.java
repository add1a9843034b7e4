/** A stand-in for Cloud Scheduler: it posts to functions at their intervals. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.scheduler;
