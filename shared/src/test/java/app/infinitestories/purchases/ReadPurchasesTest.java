package app.infinitestories.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A user's purchases as they see them. */
@FirestoreTest
class ReadPurchasesTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final PurchasesRig rig;
  private final ReadPurchases purchases;
  private final String run = "p" + RUNS.incrementAndGet();
  private final String anna = run + "anna";

  ReadPurchasesTest(Firestore firestore) {
    rig = new PurchasesRig(firestore);
    purchases = new ReadPurchases(firestore, Told.PRODUCTS, rig.clock);
  }

  @Test
  void whatWasBoughtOnceStaysActive() {
    bought("a", 1, "five");

    assertEquals(
        new Purchase(
            ChainRecord.id(chain("a")),
            anna,
            Store.APPLE,
            "five",
            Product.Kind.CONSUMABLE,
            Purchase.State.ACTIVE,
            5,
            Told.at(1),
            null,
            List.of()),
        find("a"));
    assertEquals(Optional.of(find("a")), purchases.byId(ChainRecord.id(chain("a"))));
    assertEquals(Optional.empty(), purchases.find("apple:unknown"));
  }

  @Test
  void aSubscriptionIsActiveUntilItsEndAndNotInThatMoment() {
    subscribed("s", 24, 24 * 20 + 1);
    assertEquals(Purchase.State.ACTIVE, find("s").state());
    assertEquals(Product.Kind.SUBSCRIPTION, find("s").kind());
    assertEquals(Told.at(24 * 20 + 1), find("s").expiresAt());

    rig.clock.add(Duration.ofHours(1));

    assertEquals(Purchase.State.EXPIRED, find("s").state());
  }

  @Test
  void aRenewalAddsToTheSamePurchase() {
    rig.tell(Told.purchase("apple:1" + run, 1, chain("r"), "t1" + run, "plus", anna));
    rig.tell(Told.purchase("apple:2" + run, 30, chain("r"), "t2" + run, "plus", anna));

    assertEquals(4, find("r").tokens());
    assertEquals(Told.at(30), find("r").purchasedAt());
    rig.tell(Told.refund("apple:3" + run, 31, chain("r"), "t1" + run));
    assertEquals(2, find("r").tokens());
    assertEquals(List.of("t1" + run), find("r").refundedTxs());
    assertEquals(Purchase.State.ACTIVE, find("r").state());
    rig.tell(Told.refund("apple:4" + run, 32, chain("r"), "t2" + run));
    assertEquals(Purchase.State.REFUNDED, find("r").state());
  }

  @Test
  void aProductThatIsUnknownYetIsPending() {
    bought("u", 1, "new");
    assertEquals(Purchase.State.PENDING, find("u").state());
    assertEquals(Product.Kind.CONSUMABLE, find("u").kind());

    rig.tell(
        Told.of(StoreEvent.Kind.PURCHASE, "apple:v" + run, 1, chain("v"))
            .tx("v" + run)
            .product("new.monthly")
            .by(anna)
            .until(900)
            .event());
    assertEquals(Product.Kind.SUBSCRIPTION, find("v").kind());
  }

  @Test
  void whatNobodyIsKnownToHaveBoughtHasNoOwner() {
    rig.tell(Told.purchase("apple:n" + run, 1, chain("n"), "n" + run, "five", null));

    assertNull(find("n").owner());
  }

  @Test
  void ofARefundAloneThereIsNoPurchaseYet() {
    rig.tell(Told.refund("apple:x" + run, 1, chain("x"), "x" + run));

    assertEquals(Optional.empty(), purchases.find(chain("x")));
  }

  @Test
  void theNewestComeFirstPageByPage() {
    bought("1", 1, "five");
    bought("3", 3, "three");
    bought("2", 2, "gift");
    rig.tell(Told.purchase("apple:other" + run, 4, chain("o"), "o" + run, "five", run + "ben"));

    List<Purchase> first = purchases.of(anna, 2, Optional.empty());
    Purchase last = first.getLast();
    List<Purchase> second =
        purchases.of(anna, 9, Optional.of(new ReadPurchases.Place(Told.at(2), last.id())));

    assertEquals(List.of("three", "gift"), first.stream().map(Purchase::productId).toList());
    assertEquals(List.of("five"), second.stream().map(Purchase::productId).toList());
    assertEquals(List.of(), purchases.of(run + "nobody", 9, Optional.empty()));
  }

  private Purchase find(String name) {
    return purchases.find(chain(name)).orElseThrow();
  }

  private String chain(String name) {
    return "apple:" + run + name;
  }

  private void bought(String name, long hours, String product) {
    rig.tell(Told.purchase("apple:" + name + run, hours, chain(name), name + run, product, anna));
  }

  private void subscribed(String name, long hours, long until) {
    rig.tell(
        Told.of(StoreEvent.Kind.PURCHASE, "apple:" + name + run, hours, chain(name))
            .tx(name + run)
            .product("monthly")
            .by(anna)
            .until(until)
            .event());
  }
}
