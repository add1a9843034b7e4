/** Level 3: tells phones by Cloud Messaging that a story is ready or has failed. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.notifications;
