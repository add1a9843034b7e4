package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.purchases.Inbox.Kept;
import app.infinitestories.purchases.Inbox.State;
import app.infinitestories.purchases.SettleChain.Reached;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.line.Repeat;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@link ReceiveDelivery} over Firestore: first the inbox, then the accounts. What is in the inbox
 * and could not be applied is applied by {@link #leftovers}, a minute later.
 */
public final class SettleDeliveries implements ReceiveDelivery {
  private static final EventLog LOG = EventLog.of(SettleDeliveries.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration SETTLED = Duration.ofSeconds(30);

  /** Of 100 events: what can be applied before the next run. */
  private static final int PAGES_A_MINUTE = 40;

  /** Foldings at once in this process: more would make each slower, and then all of them late. */
  private static final int AT_ONCE = 8;

  /** How long those who wait for the effects wait for their turn. */
  private static final Duration TURN = Duration.ofSeconds(8);

  /** A user wants to see the tokens; Google Play is told at once what was granted. */
  private static final Set<String> WAITING = Set.of(Inbox.VERIFY, "google");

  private final Firestore firestore;
  private final Accounts accounts;
  private final Buyers buyers;
  private final Inbox inbox;
  private final SettleChain settleChain;
  private final Timing timing;
  private final IdSource ids;
  private final Repeat repeat;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  public SettleDeliveries(
      Firestore firestore, Accounts accounts, Products products, Timing timing, IdSource ids) {
    this.firestore = firestore;
    this.accounts = accounts;
    this.buyers = new Buyers(accounts);
    this.inbox = new Inbox(firestore, timing.clock(), ids);
    this.settleChain =
        new SettleChain(
            firestore,
            inbox,
            accounts,
            new AuditLog(firestore, timing.clock(), ids),
            products,
            timing.clock(),
            ids);
    this.timing = timing;
    this.ids = ids;
    this.repeat = new Repeat(timing);
  }

  @Override
  public Outcome receive(Delivery delivery) {
    boolean first = keep(delivery);
    if (delivery.event().isEmpty()) {
      return first ? Outcome.IGNORED : Outcome.REPEATED;
    }
    Kept kept =
        new Kept(Inbox.id(delivery), delivery.source(), delivery.event().get(), State.PENDING);
    if (!takesTurn(delivery)) {
      LOG.info("purchase.busy", "event", kept.id());
      return Outcome.KEPT;
    }
    try {
      return outcome(kept, first);
    } catch (FirestoreException | FirestoreTimeout | Failure.Unavailable e) {
      LOG.error("purchase.later", e, "event", kept.id());
      return Outcome.KEPT;
    } finally {
      turns.release();
    }
  }

  /** The others are content to know that it is kept. */
  private boolean takesTurn(Delivery delivery) {
    if (!WAITING.contains(delivery.source())) {
      return turns.tryAcquire();
    }
    try {
      return turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to settle a purchase", e);
    }
  }

  /**
   * Applies what was kept and could not be applied at once; every minute. Returns how many events
   * it looked at.
   */
  public int leftovers() {
    return replay(State.PENDING, PAGES_A_MINUTE);
  }

  /** The same for purchases of products that were unknown when they came; every day. */
  public int unknownProducts() {
    return replay(State.UNKNOWN_PRODUCT, Integer.MAX_VALUE);
  }

  private boolean keep(Delivery delivery) {
    try {
      return inbox.keep(delivery) || unlessLost(delivery);
    } catch (FirestoreException | FirestoreTimeout e) {
      throw new Failure.Unavailable(TRY_AGAIN, e);
    }
  }

  /**
   * A refused create() means that it is there already; anything else, that it could not be kept.
   */
  private boolean unlessLost(Delivery delivery) {
    if (inbox.state(Inbox.id(delivery)).isEmpty()) {
      throw new Failure.Unavailable(TRY_AGAIN, null);
    }
    return false;
  }

  private Outcome outcome(Kept kept, boolean first) {
    State state = first ? State.PENDING : inbox.state(kept.id()).orElse(State.PENDING);
    if (state == State.PENDING || state == State.UNKNOWN_PRODUCT) {
      return settle(kept)
          .map(settled -> outcome(kept, first, settled.state(), settled.owner()))
          .orElse(Outcome.KEPT);
    }
    return outcome(kept, first, state, asksForOwner(kept) ? owner(kept.event()) : null);
  }

  private static Outcome outcome(Kept kept, boolean first, State state, @Nullable String owner) {
    if (state == State.OWNED_BY_OTHER || isOthers(kept, owner)) {
      return Outcome.OWNED_BY_OTHER;
    }
    if (state == State.UNKNOWN_PRODUCT || isNobodys(kept, owner)) {
      return Outcome.KEPT;
    }
    return first ? Outcome.APPLIED : Outcome.REPEATED;
  }

  private static boolean asksForOwner(Kept kept) {
    return kept.isClaim() || isForAnybody(kept);
  }

  private static boolean isForAnybody(Kept kept) {
    return kept.event().kind() == StoreEvent.Kind.PURCHASE && kept.event().user() == null;
  }

  /** A claim of somebody who owned it once, or whose claim came second under the same id. */
  private static boolean isOthers(Kept kept, @Nullable String owner) {
    return kept.isClaim() && owner != null && !owner.equals(kept.event().user());
  }

  /** It is in no account until an event names its buyer, or they show it. */
  private static boolean isNobodys(Kept kept, @Nullable String owner) {
    return isForAnybody(kept) && owner == null;
  }

  private @Nullable String owner(StoreEvent event) {
    String id = ChainRecord.id(String.valueOf(event.chain()));
    return ChainRecord.of(on(firestore.collection("purchases").document(id).get())).owner();
  }

  /** How far it has come when its effects are in the accounts; empty when they are not yet. */
  private Optional<Reached> settle(Kept kept) {
    return kept.event().kind() == StoreEvent.Kind.TRANSFER
        ? settleTransfer(kept)
        : settle(String.valueOf(kept.event().chain()), kept);
  }

  private Optional<Reached> settle(String chain, Kept cause) {
    return repeat.untilDone(() -> settleChain.attempt(chain, cause));
  }

  private Optional<Reached> settleTransfer(Kept kept) {
    for (String from : kept.event().from()) {
      Optional<List<String>> chains = repeat.untilDone(() -> chainsOf(from));
      if (chains.isEmpty()) {
        return Optional.empty();
      }
      for (String chain : chains.get()) {
        if (settle(chain, kept).isEmpty()) {
          return Optional.empty();
        }
      }
    }
    WriteBatch batch = firestore.batch();
    inbox.mark(batch, kept.id(), State.APPLIED, ids.next());
    on(batch.commit());
    return Optional.of(new Reached(State.APPLIED, null));
  }

  /**
   * The chains that the user owns or did. A first purchase that is being settled now is not among
   * them, and does not know of the TRANSFER: so this changes the account that it read before, and
   * whichever of the two commits second reads again.
   */
  private Optional<List<String>> chainsOf(String user) {
    Optional<Account> account = buyers.account(user);
    List<String> chains =
        on(firestore.collection("purchases").whereArrayContains("path", user).get())
            .getDocuments()
            .stream()
            .map((QueryDocumentSnapshot document) -> String.valueOf(document.getString("chain")))
            .toList();
    if (account.isEmpty()) {
      return Optional.of(chains);
    }
    var change = new AccountChange(account.get(), Instant.now(timing.clock()));
    change.sawTransfer();
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    var ref = accounts.ref(account.get().uid());
    change.addTo(batch, ref, commitId);
    return Commits.commit(batch, ref, commitId) instanceof Commits.Outcome.Applied
        ? Optional.of(chains)
        : Optional.empty();
  }

  private int replay(State state, int pages) {
    var seen = new AtomicInteger();
    inbox.eachPageWaiting(
        state,
        SETTLED,
        pages,
        page -> {
          seen.addAndGet(page.size());
          replay(page);
        });
    return seen.get();
  }

  private void replay(List<Kept> page) {
    try (var some = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      page.forEach(kept -> some.execute(() -> replay(kept)));
    }
  }

  /** One that cannot be applied, even by a fault of ours, must not hold up the others. */
  private void replay(Kept kept) {
    try {
      if (settle(kept).isEmpty()) {
        LOG.warn("purchase.still_waiting", "event", kept.id());
      }
    } catch (RuntimeException e) {
      LOG.error("purchase.later", e, "event", kept.id());
    }
  }
}
