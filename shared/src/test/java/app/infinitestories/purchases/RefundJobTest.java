package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Cost;
import app.infinitestories.accounts.Hold;
import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.accounts.ReadLedger;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.queue.Timing;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Staff give back what a job has spent, over the real Firestore. */
@FirestoreTest
class RefundJobTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final PurchasesRig rig;
  private final String anna = "anna" + RUNS.incrementAndGet();
  private final String job = "job-of-" + anna;

  RefundJobTest(Firestore firestore) {
    rig = new PurchasesRig(firestore);
    rig.accounts.provision(anna);
    rig.book(anna, change -> change.grant("given", 5, "purchase", null, "test"));
  }

  @Test
  void whatTheLastRoundSpentComesBackAndIsWrittenDown() {
    round(1, Cost.ofTokens(1), false);
    round(2, Cost.ofTokens(2), true);
    assertEquals(3, rig.available(anna));

    RefundJob.Refunded refunded = refund();

    assertEquals(new RefundJob.Refunded(anna, new Hold(2, 0, null)), refunded);
    rig.assertAvailable(anna, 5);
    LedgerEntry entry =
        new ReadLedger(rig.accounts)
            .page(anna, 100, Optional.empty()).stream()
                .filter(each -> each.id().equals("admin:refund:" + job + ":2"))
                .findFirst()
                .orElseThrow();
    assertEquals("audit of request request-1", entry.source());
    DocumentSnapshot row = audit().getFirst();
    assertEquals("job.refund", row.get("action"));
    assertEquals("staff", row.get("uid"));
    assertEquals(List.of(anna), row.get("users"));
    assertEquals(job, row.get("jobId"));
    assertEquals(2L, row.get("tokens"));
    assertEquals(0L, row.get("quota"));
    assertEquals("request-1", row.get("requestId"));
  }

  @Test
  void roundsAreCountedAndNotSpelled() {
    for (int round = 1; round < 10; round++) {
      round(round, Cost.ofTokens(1), false);
    }
    round(10, Cost.ofTokens(3), true);

    assertEquals(new Hold(3, 0, null), refund().returned());
  }

  @Test
  void aStoryOfThisMonthGoesBackIntoTheQuota() {
    round(1, new Cost(2, 1), true);
    assertEquals(1, rig.account(anna).monthly().used());

    assertEquals(new Hold(0, 1, "2026-11-01"), refund().returned());

    assertEquals(0, rig.account(anna).monthly().used());
    rig.assertAvailable(anna, 5);
  }

  @Test
  void aStoryOfAMonthThatIsOverComesBackAsNothing() {
    round(1, new Cost(2, 1), true);
    rig.clock.add(Duration.ofDays(20));

    assertEquals(new Hold(0, 0, "2026-11-01"), refund().returned());
  }

  @Test
  void itIsGivenBackOnce() {
    round(1, Cost.ofTokens(2), true);
    refund();

    var refused = assertThrows(Failure.Conflict.class, this::refund);

    assertEquals(FailureCode.CONFLICT, refused.code());
    assertEquals(Map.of("state", "refunded"), refused.details());
    rig.assertAvailable(anna, 5);
  }

  @Test
  void whatFailedOrStillRunsHasSpentNothing() {
    rig.book(anna, change -> assertTrue(change.hold(job, 1, Cost.ofTokens(2)).isPresent()));
    assertEquals(
        Map.of("state", "not_spent"), assertThrows(Failure.Conflict.class, this::refund).details());

    rig.book(anna, change -> change.release(job, 1, new Hold(2, 0, null), "failed"));
    assertEquals(
        Map.of("state", "not_spent"), assertThrows(Failure.Conflict.class, this::refund).details());
  }

  @Test
  void aCaptureBeforeARoundThatFailedIsNotTheLastWord() {
    round(1, Cost.ofTokens(1), true);
    round(2, Cost.ofTokens(1), false);

    assertThrows(Failure.Conflict.class, this::refund);
  }

  @Test
  void aJobThatNeverTookAnythingIsUnknown() {
    assertThrows(Failure.NotFound.class, this::refund);
  }

  @Test
  void whereOthersAreAlwaysFasterStaffHaveToAskAgain() {
    round(1, Cost.ofTokens(2), true);
    var touched = new AtomicInteger();
    IdSource overtaken =
        () -> {
          on(rig.accounts.ref(anna).update("touched", touched.incrementAndGet()));
          return rig.ids.next();
        };
    var refund = refunds(rig.hurried(), overtaken);

    var refused =
        assertThrows(Failure.Unavailable.class, () -> refund.refund(job, "staff", "request-1"));

    assertEquals(Optional.of(Duration.ofSeconds(2)), refused.retryAfter());
    rig.assertAvailable(anna, 3);
  }

  private RefundJob.Refunded refund() {
    return refunds(Timing.system(), rig.ids).refund(job, "staff", "request-1");
  }

  private RefundJob refunds(Timing timing, IdSource ids) {
    var set = new Timing(rig.clock, timing.ticker(), timing.random(), timing.pause());
    return new RefundJob(
        rig.firestore, rig.accounts, new AuditLog(rig.firestore, rig.clock, rig.ids), set, ids);
  }

  private void round(int round, Cost cost, boolean success) {
    rig.book(
        anna,
        change -> {
          Hold hold = change.hold(job, round, cost).orElseThrow();
          settle(change, round, hold, success);
        });
  }

  private void settle(AccountChange change, int round, Hold hold, boolean success) {
    if (success) {
      change.capture(job, round, hold);
    } else {
      change.release(job, round, hold, "failed");
    }
  }

  private List<? extends DocumentSnapshot> audit() {
    return on(rig.firestore.collection("audit").whereEqualTo("jobId", job).get()).getDocuments();
  }
}
