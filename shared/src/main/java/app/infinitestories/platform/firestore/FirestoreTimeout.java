package app.infinitestories.platform.firestore;

import java.time.Duration;

/** Firestore did not answer in time; whether a write was applied is not known. */
public final class FirestoreTimeout extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FirestoreTimeout(Duration waited) {
    super("no answer from Firestore within " + waited);
  }
}
