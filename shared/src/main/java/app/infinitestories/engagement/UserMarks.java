package app.infinitestories.engagement;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;

/** Where a user's marks on stories lie: one document per story in each of three collections. */
record UserMarks(Firestore firestore, String uid) {

  CollectionReference favorites() {
    return of("favorites");
  }

  CollectionReference likes() {
    return of("likes");
  }

  CollectionReference progress() {
    return of("progress");
  }

  DocumentReference favorite(String storyId) {
    return favorites().document(storyId);
  }

  DocumentReference like(String storyId) {
    return likes().document(storyId);
  }

  DocumentReference progress(String storyId) {
    return progress().document(storyId);
  }

  private CollectionReference of(String name) {
    return firestore.collection("users").document(uid).collection(name);
  }
}
