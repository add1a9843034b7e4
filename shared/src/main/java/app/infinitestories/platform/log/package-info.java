/** Structured log events for Cloud Logging. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.log;
