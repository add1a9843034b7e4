package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the law keeps of somebody who left has another name. */
@FirestoreTest
class RenameBuyerTest {
  private final Firestore firestore;
  private final PurchasesRig rig;
  private final RenameBuyer rename;

  RenameBuyerTest(Firestore firestore) {
    this.firestore = firestore;
    this.rig = new PurchasesRig(firestore);
    this.rename = new RenameBuyer(firestore);
  }

  @Test
  void eventsChainsAndTheirTransfersNameSomebodyElseAndNobodyElseChanges() {
    String anna = "leaving-anna";
    String ben = "staying-ben";
    rig.tell(Told.purchase("revenuecat:r1", 1, "apple:r1", "r1", "five", anna));
    rig.tell(Told.transfer("revenuecat:r2", 2, anna, ben));
    rig.tell(Told.purchase("revenuecat:r3", 3, "apple:r3", "r3", "three", ben));
    rig.tell(Told.transfer("revenuecat:r4", 4, ben, anna));
    rig.tell(Told.purchase("revenuecat:r5", 5, "apple:r5", "r5", "five", ben));
    DocumentSnapshot others = rig.chain("apple:r5");

    int renamed = rename.rename(anna, "buyer-1");

    assertTrue(renamed > 4, "events, chains and what was noted: " + renamed);
    assertEquals(0, rename.count(anna));
    assertEquals(renamed, rename.count("buyer-1"), "each of them and no other");
    DocumentSnapshot chain = rig.chain("apple:r1");
    assertEquals(List.of("buyer-1", ben), chain.get("path"));
    assertTrue(String.valueOf(chain.getData()).contains("buyer-1"));
    assertFalse(String.valueOf(chain.getData()).contains(anna));
    assertEquals(others.getUpdateTime(), rig.chain("apple:r5").getUpdateTime());
    assertEquals("applied", rig.outcome(Told.transfer("revenuecat:r2", 2, anna, ben)));
  }

  @Test
  void allOfThemAreRenamedHoweverMany() {
    WriteBatch batch = firestore.batch();
    for (int i = 0; i < 201; i++) {
      batch.set(firestore.document("audit/many" + i), Map.of("users", List.of("many"), "n", i));
    }
    on(batch.commit());
    assertEquals(200, rename.count("many"), "at least");

    assertEquals(201, rename.rename("many", "buyer-2"));

    assertEquals(0, rename.count("many"));
    assertEquals(0, rename.rename("many", "buyer-2"));
    assertEquals(List.of("buyer-2"), on(firestore.document("audit/many7").get()).get("users"));
    assertEquals(7L, on(firestore.document("audit/many7").get()).get("n"));
  }

  @Test
  void theNameIsReplacedWhereverAFieldIsMadeOfIt() {
    on(
        firestore
            .document("purchases/deep")
            .set(
                Map.of(
                    "path", List.of("deep", "ben"),
                    "owner", "deep",
                    "applied", Map.of("tx", Map.of("deep", 4L, "ben", 1L)),
                    "transactions", List.of(Map.of("by", "deep", "note", "deep down")),
                    "rev", 3L)));

    assertEquals(1, rename.rename("deep", "buyer-3"));

    assertEquals(
        Map.of(
            "path", List.of("buyer-3", "ben"),
            "owner", "buyer-3",
            "applied", Map.of("tx", Map.of("buyer-3", 4L, "ben", 1L)),
            "transactions", List.of(Map.of("by", "buyer-3", "note", "deep down")),
            "rev", 3L),
        on(firestore.document("purchases/deep").get()).getData());
  }

  @Test
  void whatStoresAddAboutThePersonGoes() {
    String raw =
        """
        {"event": {"app_user_id": "carla", "aliases": ["carla"],
         "subscriber_attributes": {"$email": {"value": "carla@example.com"}}}}
        """;
    on(firestore.document("inbox/raw").set(Map.of("user", "carla", "raw", raw)));
    on(firestore.document("inbox/text").set(Map.of("user", "carla", "raw", "not JSON: carla")));

    rename.rename("carla", "buyer-4");

    assertEquals(
        "{\"event\":{\"app_user_id\":\"buyer-4\",\"aliases\":[\"buyer-4\"]}}",
        on(firestore.document("inbox/raw").get()).get("raw"));
    assertEquals("not JSON: buyer-4", on(firestore.document("inbox/text").get()).get("raw"));
  }

  @Test
  void codesAndWhatWasDecidedAboutTheUserAreRenamedToo() {
    on(firestore.document("magicTokens/c").set(Map.of("redeemedBy", "dora", "tokens", 5L)));
    on(firestore.document("audit/about").set(Map.of("about", "dora")));
    assertEquals(2, rename.count("dora"));

    assertEquals(2, rename.rename("dora", "buyer-5"));

    assertEquals("buyer-5", on(firestore.document("magicTokens/c").get()).get("redeemedBy"));
    assertEquals("buyer-5", on(firestore.document("audit/about").get()).get("about"));
  }
}
