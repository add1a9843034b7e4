/** A stand-in for Cloud Tasks that the real client speaks gRPC with. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.tasks;
