/** Cloud Tasks: work to be done by another function, now or at a time. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.tasks;
