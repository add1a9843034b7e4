package app.infinitestories.notifications;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.log.EventLog;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends what the outbox holds. Triggers and the scheduler only wake it: it believes the outbox, not
 * the event. {@code pending → sending} under a precondition lets one sender in; a sender that died
 * leaves a claim that is taken over after a minute, and the devices it had served are recorded, so
 * that a crash costs at most one extra send, shown once thanks to the collapse key.
 */
public final class SendOutbox {
  private static final EventLog LOG = EventLog.of(SendOutbox.class);
  private static final Duration CLAIM_LIFE = Duration.ofMinutes(1);
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);
  private static final int BATCH = 100;

  private final Firestore firestore;
  private final Devices devices;
  private final PushSender sender;
  private final Clock clock;
  private final IdSource ids;
  private final String appLinkBase;

  public SendOutbox(
      Firestore firestore,
      Devices devices,
      PushSender sender,
      Clock clock,
      IdSource ids,
      String appLinkBase) {
    this.firestore = firestore;
    this.devices = devices;
    this.sender = sender;
    this.clock = clock;
    this.ids = ids;
    this.appLinkBase = appLinkBase;
  }

  /** Sends whatever is pending for one job; what the triggers call. */
  public void ofJob(String jobId) {
    for (DocumentSnapshot entry :
        on(firestore.collection("outbox").whereEqualTo("jobId", jobId).limit(10).get())
            .getDocuments()) {
      send(entry);
    }
  }

  /** Sends what the triggers could not; what the scheduler calls. Returns how many it looked at. */
  public int leftovers() {
    Instant settled = Instant.now(clock).minus(CLAIM_LIFE);
    List<? extends DocumentSnapshot> entries =
        on(firestore
                .collection("outbox")
                .whereIn("state", List.of("pending", "sending"))
                .whereLessThan("createdAt", timestamp(settled))
                .orderBy("createdAt", Query.Direction.ASCENDING)
                .limit(BATCH)
                .get())
            .getDocuments();
    entries.forEach(this::send);
    return entries.size();
  }

  private void send(DocumentSnapshot document) {
    OutboxEntry entry = OutboxEntry.of(document);
    if (!claimable(document, entry)) {
      return;
    }
    if (entry.failed() && !failedNow(entry)) {
      close(document.getReference(), "dropped");
      return;
    }
    Optional<String> claim = claim(document);
    if (claim.isEmpty()) {
      return;
    }
    boolean later = false;
    for (Device device : devices.of(entry.uid())) {
      if (!entry.delivered().contains(device.id())) {
        later |= !deliver(document.getReference(), entry, device);
      }
    }
    if (later && !tooOld(document)) {
      on(document.getReference().update("state", "pending"));
    } else {
      close(document.getReference(), later ? "dropped" : "sent");
    }
  }

  /** True when this device needs no further try. */
  private boolean deliver(DocumentReference reference, OutboxEntry entry, Device device) {
    return switch (sender.send(device, PushTexts.of(entry, device.language(), appLinkBase))) {
      case SENT -> {
        on(reference.update("delivered", FieldValue.arrayUnion(device.id())));
        LOG.info("push.sent", "jobId", entry.jobId(), "kind", entry.failed() ? "failed" : "ready");
        yield true;
      }
      case DEVICE_GONE -> {
        devices.forget(entry.uid(), device.id());
        yield true;
      }
      case REJECTED -> true;
      case LATER -> false;
    };
  }

  private boolean claimable(DocumentSnapshot document, OutboxEntry entry) {
    return switch (entry.state()) {
      case "pending" -> true;
      case "sending" -> {
        Timestamp changed = document.getUpdateTime();
        Timestamp read = document.getReadTime();
        yield changed != null
            && read != null
            && Duration.between(instant(changed), instant(read)).compareTo(CLAIM_LIFE) > 0;
      }
      default -> false;
    };
  }

  /** A failure of an earlier round, or of a job that was retried since, is not told any more. */
  private boolean failedNow(OutboxEntry entry) {
    DocumentSnapshot job = on(firestore.collection("jobs").document(entry.jobId()).get());
    Long round = job.getLong("round");
    return "failed".equals(job.getString("state")) && round != null && round == entry.round();
  }

  /** Empty when another sender was faster. */
  private Optional<String> claim(DocumentSnapshot document) {
    String claim = ids.next();
    try {
      on(
          document
              .getReference()
              .update(
                  Map.of("state", "sending", "claim", claim),
                  Precondition.updatedAt(Objects.requireNonNull(document.getUpdateTime()))));
      return Optional.of(claim);
    } catch (FirestoreException refused) {
      // The client repeats commits: a refusal may be the second copy of one that worked.
      DocumentSnapshot now = on(document.getReference().get());
      return claim.equals(now.getString("claim")) ? Optional.of(claim) : Optional.empty();
    }
  }

  private void close(DocumentReference entry, String state) {
    on(entry.update("state", state, "closedAt", timestamp(Instant.now(clock))));
  }

  private boolean tooOld(DocumentSnapshot document) {
    Timestamp created = document.getCreateTime();
    return created != null
        && Duration.between(instant(created), Instant.now(clock)).compareTo(GIVE_UP_AFTER) > 0;
  }
}
