package app.infinitestories.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.firestore.FirestoreEmulator;
import com.google.cloud.firestore.Firestore;
import java.util.Map;
import org.junit.jupiter.api.Test;

@FirestoreTest
class FirestoreExtensionTest {

  @Test
  void aClientReadsWhatItWrote(Firestore firestore) throws Exception {
    firestore.document("things/one").set(Map.of("colour", "green")).get();

    var read = firestore.document("things/one").get().get();

    assertEquals("green", read.getString("colour"));
  }

  @Test
  void theClientBelongsToTheProjectOfTheClass(Firestore firestore, TestProject project) {
    assertEquals(project.id(), firestore.getOptions().getProjectId());
    assertTrue(project.id().startsWith("demo-firestoreextensiontest-"), project.id());
  }

  @Test
  void clearingLeavesNothing(Firestore firestore, FirestoreEmulator emulator, TestProject project)
      throws Exception {
    firestore.document("things/two").set(Map.of("colour", "red")).get();

    emulator.clear(project.id());

    assertTrue(firestore.collection("things").get().get().isEmpty());
  }
}
