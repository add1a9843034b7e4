package app.infinitestories.notifications;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.firestore.Pages;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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
  private static final int PAGES = 10;

  private final Firestore firestore;
  private final Devices devices;
  private final PushSender sender;
  private final Clock clock;
  private final IdSource ids;
  private final String appLinkBase;
  private final Duration claimLife;

  public SendOutbox(
      Firestore firestore,
      Devices devices,
      PushSender sender,
      Clock clock,
      IdSource ids,
      String appLinkBase) {
    this(firestore, devices, sender, clock, ids, appLinkBase, CLAIM_LIFE);
  }

  /**
   * @param claimLife silence after which a sender counts as dead, by Firestore's time
   */
  SendOutbox(
      Firestore firestore,
      Devices devices,
      PushSender sender,
      Clock clock,
      IdSource ids,
      String appLinkBase,
      Duration claimLife) {
    this.firestore = firestore;
    this.devices = devices;
    this.sender = sender;
    this.clock = clock;
    this.ids = ids;
    this.appLinkBase = appLinkBase;
    this.claimLife = claimLife;
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
    Instant settled = Instant.now(clock).minus(claimLife);
    var seen = new AtomicInteger();
    // Those that cannot go out now stay; they must not hide the ones behind them.
    Pages.each(
        firestore
            .collection("outbox")
            .whereIn("state", List.of("pending", "sending"))
            .whereLessThan("createdAt", timestamp(settled))
            .orderBy("createdAt", Query.Direction.ASCENDING),
        BATCH,
        PAGES,
        page -> {
          page.forEach(this::attempt);
          seen.addAndGet(page.size());
        });
    return seen.get();
  }

  private void attempt(DocumentSnapshot document) {
    try {
      send(document);
    } catch (FirestoreException | FirestoreTimeout e) {
      LOG.error("push.not_settled", e, "entry", document.getId());
    }
  }

  private void send(DocumentSnapshot document) {
    OutboxEntry entry = OutboxEntry.of(document);
    if (!claimable(document, entry)) {
      return;
    }
    if (entry.failed() && !failedNow(entry)) {
      close(document.getReference(), Commits.updateTime(document), "dropped");
      return;
    }
    Optional<Timestamp> claimed = claim(document);
    if (claimed.isPresent()) {
      if (entry.quota() != null) {
        mail(entry);
      }
      deliver(document, entry, claimed.get());
    }
  }

  /**
   * Tells each device that was not told yet. What became of it is written before the next one, and
   * only if nobody wrote since: it renews the claim, and ends a sender that was taken for dead.
   */
  private void deliver(DocumentSnapshot document, OutboxEntry entry, Timestamp claimed) {
    DocumentReference reference = document.getReference();
    Timestamp mine = claimed;
    boolean later = false;
    for (Device device : devices.of(entry.uid())) {
      if (entry.delivered().contains(device.id())) {
        continue;
      }
      boolean done = deliver(entry, device);
      later |= !done;
      Map<String, Object> news =
          done
              ? Map.of("delivered", FieldValue.arrayUnion(device.id()))
              : Map.of("refusals", FieldValue.increment(1));
      Optional<Timestamp> written = write(reference, news, mine);
      if (written.isEmpty()) {
        LOG.warn("push.claim_lost", "jobId", entry.jobId());
        return;
      }
      mine = written.get();
    }
    if (later && !tooOld(document)) {
      write(reference, Map.of("state", "pending"), mine);
    } else {
      close(reference, mine, later ? "dropped" : "sent");
    }
  }

  /** Leaves a mail for whoever sends mails; under the entry's own id, so that it is one. */
  private void mail(OutboxEntry entry) {
    DocumentSnapshot user = on(firestore.collection("users").document(entry.uid()).get());
    String address = user.getString("email");
    if (address == null) {
      return;
    }
    String language = user.getString("language");
    DocumentReference mail = firestore.collection("mail").document(entry.id());
    Map<String, Object> fields =
        Map.of(
            "uid",
            entry.uid(),
            "to",
            List.of(address),
            "message",
            PushTexts.mail(entry, language == null ? "en" : language, appLinkBase));
    try {
      on(mail.create(fields));
    } catch (FirestoreException refused) {
      if (!Commits.isDoubtful(refused) || !on(mail.get()).exists()) {
        throw refused;
      }
      // Left by a sender that died since; writing it again would send it again.
    }
  }

  /** True when this device needs no further try. */
  private boolean deliver(OutboxEntry entry, Device device) {
    return switch (sender.send(device, PushTexts.of(entry, device.language(), appLinkBase))) {
      case SENT -> {
        LOG.info("push.sent", "jobId", entry.jobId(), "kind", entry.kind());
        yield true;
      }
      case DEVICE_GONE -> {
        devices.gone(entry.uid(), device);
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
            && Duration.between(instant(changed), instant(read)).compareTo(claimLife) > 0;
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
  private Optional<Timestamp> claim(DocumentSnapshot document) {
    return write(document.getReference(), Map.of("state", "sending"), Commits.updateTime(document));
  }

  private void close(DocumentReference entry, Timestamp since, String state) {
    write(entry, Map.of("state", state, "closedAt", timestamp(Instant.now(clock))), since);
  }

  /**
   * Changes the entry unless somebody else did since; a fresh claim with each write tells one's own
   * from another's, as a refusal may be the second copy of a commit that worked.
   *
   * @return the entry's new update time, empty when another sender has it or it is gone
   */
  private Optional<Timestamp> write(
      DocumentReference entry, Map<String, Object> change, Timestamp since) {
    String claim = ids.next();
    Map<String, Object> fields = new HashMap<>(change);
    fields.put("claim", claim);
    try {
      return Optional.of(on(entry.update(fields, Precondition.updatedAt(since))).getUpdateTime());
    } catch (FirestoreException refused) {
      if (!Commits.isDoubtful(refused)) {
        throw refused;
      }
      DocumentSnapshot now = on(entry.get());
      return now.exists() && claim.equals(now.getString("claim"))
          ? Optional.of(Commits.updateTime(now))
          : Optional.empty();
    }
  }

  private boolean tooOld(DocumentSnapshot document) {
    Timestamp created = document.getCreateTime();
    return created != null
        && Duration.between(instant(created), Instant.now(clock)).compareTo(GIVE_UP_AFTER) > 0;
  }
}
