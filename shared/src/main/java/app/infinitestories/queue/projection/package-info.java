/**
 * What phones see of the queue: positions, estimates and load in the Realtime Database. A
 * projection of Firestore that can be rebuilt at any time.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.projection;
