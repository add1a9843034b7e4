/** The real Firestore emulator from the gcloud SDK, and the relay that carries its triggers. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.firestore;
