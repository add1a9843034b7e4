package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.purchases.Inbox.Kept;
import app.infinitestories.purchases.Inbox.State;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds one chain and makes the accounts say what it says, in one batch: the chain's document, the
 * account of everybody who owns it or did, their ledgers' differences. The preconditions put two
 * foldings at once in order; whoever loses reads again.
 */
final class SettleChain {
  private static final EventLog LOG = EventLog.of(SettleChain.class);

  private final Firestore firestore;
  private final Inbox inbox;
  private final Accounts accounts;
  private final Buyers buyers;
  private final AuditLog audit;
  private final Products products;
  private final Clock clock;
  private final IdSource ids;

  SettleChain(
      Firestore firestore,
      Inbox inbox,
      Accounts accounts,
      AuditLog audit,
      Products products,
      Clock clock,
      IdSource ids) {
    this.firestore = firestore;
    this.inbox = inbox;
    this.accounts = accounts;
    this.buyers = new Buyers(accounts);
    this.audit = audit;
    this.products = products;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * One try; empty when somebody else was faster.
   *
   * @param cause the event because of which this is done
   */
  Optional<ChainState> attempt(String chain, Kept cause) {
    DocumentReference document = firestore.collection("purchases").document(ChainRecord.id(chain));
    DocumentSnapshot before = on(document.get());
    ChainRecord record = ChainRecord.of(before);
    List<Kept> told = inbox.ofChain(chain).stream().map(each -> heeded(each, record)).toList();
    if (told.isEmpty()) {
      throw new IllegalStateException("nothing is kept of " + document.getPath());
    }
    // An account is read before the TRANSFERs from it are asked for: one that comes between changes
    // the account, and this batch is refused.
    Map<String, Optional<Account>> owners = new LinkedHashMap<>();
    ChainState state =
        ChainFold.fold(
            told.getFirst().event().store(),
            record.claimedBy(),
            told.stream().map(Kept::event).toList(),
            user -> {
              owners.computeIfAbsent(user, buyers::account);
              return inbox.transfersFrom(user);
            });
    Shares.Settled settled =
        record
            .shares()
            .settle(
                state, products, user -> account(owners, user).map(Account::available).orElse(0L));
    settled.differences().forEach(each -> account(owners, each.user()));
    long rev = record.rev() + 1;
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    write(batch, document, before, commitId, chain, state, settled, rev);
    owners.forEach((user, account) ->
        account.ifPresent(known ->
            change(chain, state, settled, known, user, rev, cause)
                .addTo(batch, accounts.ref(known.uid()), commitId)));
    told.forEach(each -> mark(batch, each, state, commitId));
    if (!settled.differences().isEmpty()
        || !java.util.Objects.equals(record.owner(), state.owner())) {
      note(batch, chain, state, settled, cause);
    }
    if (Commits.commit(batch, document, commitId) instanceof Commits.Outcome.Refused refused) {
      LOG.info("purchase.raced", "chain", document.getId(), "why", refused.why());
      return Optional.empty();
    }
    tell(document.getId(), state, settled, cause);
    return Optional.of(state);
  }

  /**
   * An event as it counts: one by which a user claims what is another's already still tells of the
   * purchase, but not of its owner.
   */
  private static Kept heeded(Kept kept, ChainRecord record) {
    StoreEvent e = kept.event();
    String owner = record.owner();
    boolean lost =
        kept.state() == State.OWNED_BY_OTHER
            || (kept.state() == State.PENDING
                && isClaim(kept)
                && owner != null
                && !owner.equals(e.user())
                && !Buyers.isAnonymous(owner));
    return lost ? new Kept(kept.id(), kept.source(), e.withoutUser(), State.OWNED_BY_OTHER) : kept;
  }

  private static boolean isClaim(Kept kept) {
    return kept.source().equals(Inbox.VERIFY) && kept.event().user() != null;
  }

  private Optional<Account> account(Map<String, Optional<Account>> owners, String user) {
    return owners.computeIfAbsent(user, buyers::account);
  }

  private static void write(
      WriteBatch batch,
      DocumentReference document,
      DocumentSnapshot before,
      String commitId,
      Map<String, @Nullable Object> fields) {
    fields.put("commitId", commitId);
    if (before.exists()) {
      batch.update(document, fields, Precondition.updatedAt(Commits.updateTime(before)));
    } else {
      batch.create(document, fields);
    }
  }

  private void write(
      WriteBatch batch,
      DocumentReference document,
      DocumentSnapshot before,
      String commitId,
      String chain,
      ChainState state,
      Shares.Settled settled,
      long rev) {
    Map<String, @Nullable Object> fields =
        ChainRecord.fields(chain, state, settled.shares(), products, rev);
    fields.put("settledAt", timestamp(clock.instant()));
    write(batch, document, before, commitId, fields);
  }

  private AccountChange change(
      String chain,
      ChainState state,
      Shares.Settled settled,
      Account account,
      String user,
      long rev,
      Kept cause) {
    var change = new AccountChange(account, Instant.now(clock));
    String purchase = ChainRecord.id(chain);
    String reason = cause.event().kind().name().toLowerCase(Locale.ROOT);
    for (Shares.Difference difference : settled.differences()) {
      if (difference.user().equals(user)) {
        String entry = "purchase:" + Hashes.sha256(difference.tx()) + ":" + rev;
        long tokens = difference.tokens();
        if (tokens > 0) {
          change.grant(entry, tokens, reason, purchase, cause.id());
        } else {
          change.revoke(entry, -tokens, reason, purchase, cause.id());
        }
      }
    }
    change.subscribe(purchase, user.equals(state.owner()) ? state.subscription(products) : null);
    return change;
  }

  private void mark(WriteBatch batch, Kept kept, ChainState state, String commitId) {
    State now = settled(kept, state);
    if (kept.state() == State.PENDING || now != kept.state() || now == State.OWNED_BY_OTHER) {
      inbox.mark(batch, kept.id(), now, commitId);
    }
  }

  private State settled(Kept kept, ChainState state) {
    StoreEvent event = kept.event();
    String user = event.user();
    if (kept.state() == State.OWNED_BY_OTHER
        || (kept.state() == State.PENDING
            && isClaim(kept)
            && user != null
            && !state.path().contains(user))) {
      return State.OWNED_BY_OTHER;
    }
    boolean known =
        event.kind() != StoreEvent.Kind.PURCHASE
            || event.product() == null
            || products.find(event.product()).isPresent();
    return known ? State.APPLIED : State.UNKNOWN_PRODUCT;
  }

  private void note(
      WriteBatch batch, String chain, ChainState state, Shares.Settled settled, Kept cause) {
    var changes = new ArrayList<Object>();
    for (Shares.Difference each : settled.differences()) {
      changes.add(
          Map.of("user", Buyers.accountId(each.user()), "tx", each.tx(), "tokens", each.tokens()));
    }
    var about = new HashMap<String, Object>();
    about.put("purchaseId", ChainRecord.id(chain));
    about.put("inboxId", cause.id());
    about.put("kind", cause.event().kind().name().toLowerCase(Locale.ROOT));
    about.put("changes", changes);
    about.put("users", state.path().stream().map(Buyers::accountId).toList());
    audit.add(batch, new AuditLog.Entry("purchase.settled", cause.source(), about));
  }

  private void tell(String id, ChainState state, Shares.Settled settled, Kept cause) {
    LOG.info(
        "purchase.settled",
        "chain",
        id,
        "event",
        cause.id(),
        "entries",
        settled.differences().size());
    for (String unknown : state.unknown(products)) {
      LOG.warn("purchase.unknown_product", "product", unknown, "chain", id);
    }
  }
}
