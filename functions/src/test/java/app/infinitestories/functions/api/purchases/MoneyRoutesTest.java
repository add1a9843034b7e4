package app.infinitestories.functions.api.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Cost;
import app.infinitestories.accounts.Hold;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What staff see and do about a user's money. */
@FirestoreTest
class MoneyRoutesTest {
  private final MoneyRig rig;

  MoneyRoutesTest(Firestore firestore) {
    rig = new MoneyRig(firestore);
  }

  @Test
  void staffSeeWhereTokensWent() {
    rig.as(rig.anna).get("/api/v2/purchase/balance");
    rig.bought(rig.run + "a", "five", rig.anna, null);
    rig.clock.add(Duration.ofMinutes(1));
    rig.refunded(rig.run + "a");

    Answer seen = rig.staff().get("/api/v2/admin/users/" + rig.anna);

    assertEquals(200, seen.status(), () -> seen.body().toString());
    assertEquals(3, seen.body().at("/account/available").asLong());
    assertTrue(seen.body().at("/ledgerCheck/agrees").asBoolean());
    assertEquals("refunded", seen.body().at("/purchases/0/state").asText());
    assertEquals("revoke", seen.body().at("/ledger/0/kind").asText());
    assertEquals(2, seen.body().path("audit").size());
    assertEquals("purchase.settled", seen.body().at("/audit/0/action").asText());
    assertTrue(seen.body().at("/audit/0/about/inboxId").asText().startsWith("apple:"));
    assertEquals(403, rig.as(rig.anna).get("/api/v2/admin/users/" + rig.anna).status());
    assertEquals(404, rig.staff().get("/api/v2/admin/users/nobody").status());
    assertEquals(
        2,
        on(rig.firestore.collection("audit").whereEqualTo("action", "user.look-up").get()).size());
  }

  @Test
  void aJobIsRefundedOnceHoweverOftenStaffAsk() throws Exception {
    rig.as(rig.anna).get("/api/v2/purchase/balance");
    String job = "job" + rig.run;
    spend(job, true);
    assertEquals(1, rig.account(rig.anna).available());

    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> refund(job).status());
    }
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(calls)) {
        statuses.add(done.get());
      }
    }

    assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
    assertEquals(7, statuses.stream().filter(status -> status == 409).count());
    assertEquals(3, rig.account(rig.anna).available());
    assertTrue(rig.ledgerAgrees(rig.anna));
  }

  @Test
  void whatSpentNothingIsNotRefunded() {
    rig.as(rig.anna).get("/api/v2/purchase/balance");
    String job = "job" + rig.run;
    spend(job, false);

    assertEquals(409, refund(job).status());
    assertEquals(404, refund("unknown").status());
    assertEquals(
        403, rig.as(rig.anna).send("POST", "/api/v2/admin/jobs/" + job + "/refund", "").status());
    assertEquals(3, rig.account(rig.anna).available());
    assertEquals(List.of(true), List.of(rig.ledgerAgrees(rig.anna)));
  }

  private Answer refund(String job) {
    return rig.staff().send("POST", "/api/v2/admin/jobs/" + job + "/refund", "");
  }

  private void spend(String job, boolean success) {
    commit(change -> assertTrue(change.hold(job, 1, Cost.ofTokens(2)).isPresent()));
    commit(change -> {
      var hold = new Hold(2, 0, null);
      if (success) {
        change.capture(job, 1, hold);
      } else {
        change.release(job, 1, hold, "failed");
      }
    });
  }

  private void commit(Consumer<AccountChange> what) {
    var change = new AccountChange(rig.account(rig.anna), rig.clock.instant());
    what.accept(change);
    WriteBatch batch = rig.firestore.batch();
    String commitId = rig.ids.next();
    change.addTo(batch, rig.accounts.ref(rig.anna), commitId);
    Commits.commit(batch, rig.accounts.ref(rig.anna), commitId);
  }
}
