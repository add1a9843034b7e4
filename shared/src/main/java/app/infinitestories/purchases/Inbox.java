package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.Pages;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code inbox/{source:event hash}}: all that stores ever said, verbatim and in normal form. */
final class Inbox {
  static final String VERIFY = "verify";
  private static final int PAGE = 100;
  private static final String[] EVENT = {
    "source",
    "eventId",
    "kind",
    "at",
    "store",
    "chain",
    "tx",
    "product",
    "user",
    "expiresAt",
    "graceUntil",
    "willRenew",
    "fromUsers",
    "toUsers",
    "outcome",
    "receivedAt"
  };

  private final Firestore firestore;
  private final Clock clock;
  private final IdSource ids;

  Inbox(Firestore firestore, Clock clock, IdSource ids) {
    this.firestore = firestore;
    this.clock = clock;
    this.ids = ids;
  }

  /** How far an event has come. */
  enum State {
    PENDING,
    APPLIED,
    UNKNOWN_PRODUCT,
    OWNED_BY_OTHER,
    IGNORED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An event as it is kept. */
  record Kept(String id, String source, StoreEvent event, State state) {

    /** Whether it says whose the purchase is only because they showed it. */
    boolean isClaim() {
      return source.equals(VERIFY) && event.user() != null;
    }
  }

  static String id(Delivery delivery) {
    return delivery.source() + ":" + Hashes.sha256(delivery.id());
  }

  DocumentReference ref(String id) {
    return firestore.collection("inbox").document(id);
  }

  /** Keeps a delivery; false when it is there already. */
  boolean keep(Delivery delivery) {
    String commitId = ids.next();
    DocumentReference document = ref(id(delivery));
    WriteBatch batch = firestore.batch();
    batch.create(document, fields(delivery, commitId));
    return Commits.commit(batch, document, commitId) instanceof Commits.Outcome.Applied;
  }

  /** How far it has come; empty when it is not there. */
  Optional<State> state(String id) {
    return Optional.ofNullable(on(ref(id).get()).getString("outcome")).map(Inbox::stateOf);
  }

  private static State stateOf(@Nullable String word) {
    return State.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
  }

  /** All events of a chain. */
  List<Kept> ofChain(String chain) {
    return events(firestore.collection("inbox").whereEqualTo("chain", chain));
  }

  /** The TRANSFERs that take from a user. */
  List<StoreEvent> transfersFrom(String user) {
    return events(firestore.collection("inbox").whereArrayContains("fromUsers", user)).stream()
        .map(Kept::event)
        .toList();
  }

  /** Hands over those that wait in that state since some time ago, the oldest first. */
  void eachPageWaiting(State state, Duration since, int pages, Consumer<List<Kept>> page) {
    Query oldestFirst =
        firestore
            .collection("inbox")
            .whereEqualTo("outcome", state.word())
            .whereLessThan("receivedAt", timestamp(clock.instant().minus(since)))
            .orderBy("receivedAt")
            .select(EVENT);
    Pages.each(oldestFirst, PAGE, pages, found -> page.accept(kept(found)));
  }

  /** Writes down how far an event has come. */
  void mark(WriteBatch batch, String id, State state, String commitId) {
    batch.update(
        ref(id),
        "outcome",
        state.word(),
        "settledAt",
        timestamp(clock.instant()),
        "commitId",
        commitId);
  }

  private static List<Kept> events(Query query) {
    return kept(on(query.select(EVENT).get()).getDocuments());
  }

  private static List<Kept> kept(List<QueryDocumentSnapshot> documents) {
    return documents.stream()
        .map(document ->
            new Kept(
                document.getId(),
                text(document, "source"),
                event(document),
                stateOf(document.getString("outcome"))))
        .toList();
  }

  private Map<String, @Nullable Object> fields(Delivery delivery, String commitId) {
    var fields = new HashMap<String, @Nullable Object>();
    Timestamp now = timestamp(clock.instant());
    fields.put("source", delivery.source());
    fields.put("raw", delivery.raw());
    fields.put("receivedAt", now);
    fields.put("commitId", commitId);
    if (delivery.event().isEmpty()) {
      fields.put("outcome", State.IGNORED.word());
      fields.put("why", delivery.ignored());
      return fields;
    }
    StoreEvent event = delivery.event().get();
    fields.put("outcome", State.PENDING.word());
    fields.put("eventId", event.id());
    fields.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
    fields.put("at", timestamp(event.at()));
    fields.put("store", event.store().word());
    fields.put("chain", event.chain());
    fields.put("tx", event.tx());
    fields.put("product", event.product());
    fields.put("user", event.user());
    fields.put("expiresAt", event.expiresAt() == null ? null : timestamp(event.expiresAt()));
    fields.put("graceUntil", event.graceUntil() == null ? null : timestamp(event.graceUntil()));
    fields.put("willRenew", event.willRenew());
    fields.put("fromUsers", event.from());
    fields.put("toUsers", event.to());
    return fields;
  }

  private static StoreEvent event(DocumentSnapshot document) {
    Timestamp expiresAt = document.getTimestamp("expiresAt");
    Timestamp graceUntil = document.getTimestamp("graceUntil");
    return new StoreEvent(
        text(document, "eventId"),
        instant(Objects.requireNonNull(document.getTimestamp("at"))),
        StoreEvent.Kind.valueOf(text(document, "kind").toUpperCase(Locale.ROOT)),
        Store.valueOf(text(document, "store").toUpperCase(Locale.ROOT)),
        document.getString("chain"),
        document.getString("tx"),
        document.getString("product"),
        document.getString("user"),
        expiresAt == null ? null : instant(expiresAt),
        graceUntil == null ? null : instant(graceUntil),
        document.getBoolean("willRenew"),
        texts(document.get("fromUsers")),
        texts(document.get("toUsers")));
  }

  private static String text(DocumentSnapshot document, String field) {
    return Objects.requireNonNull(
        document.getString(field), () -> document.getId() + " has no " + field);
  }

  private static List<String> texts(@Nullable Object stored) {
    return stored instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
