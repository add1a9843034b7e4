package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Subscription;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private final GiftCodes giftCodes;
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
    this.giftCodes = new GiftCodes(firestore);
    this.audit = audit;
    this.products = products;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * What came of it.
   *
   * @param state how far the cause has come
   * @param owner of the chain now; null while nobody is known
   */
  record Reached(State state, @Nullable String owner) {}

  /**
   * One try; empty when somebody else was faster.
   *
   * @param cause the event because of which this is done
   */
  Optional<Reached> attempt(String chain, Kept cause) {
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
    // An event that comes late may show that somebody never owned it.
    record.path().forEach(user -> account(owners, user));
    GiftCodes.Changes gifts = giftCodes.changes(ChainRecord.id(chain), state, products);
    gifts
        .codes()
        .forEach(gift -> {
          if (gift.redeemedBy() != null) {
            account(owners, gift.redeemedBy());
          }
        });
    var folded = new Folded(chain, state, settled, gifts.codes(), record.rev() + 1, cause);
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    write(batch, document, before, commitId, folded);
    owners.forEach((user, account) ->
        account.ifPresent(known ->
            change(folded, known, user).addTo(batch, accounts.ref(known.uid()), commitId)));
    gifts.addTo(batch, commitId);
    told.forEach(each -> mark(batch, each, state, commitId));
    if (folded.movesTokens() || !Objects.equals(record.owner(), state.owner())) {
      note(batch, folded);
    }
    if (Commits.commit(batch, document, commitId) instanceof Commits.Outcome.Refused refused) {
      LOG.info("purchase.raced", "chain", document.getId(), "why", refused.why());
      return Optional.empty();
    }
    tell(folded);
    State reached =
        told.stream()
            .filter(each -> each.id().equals(cause.id()))
            .findFirst()
            .map(each -> settled(each, state))
            .orElse(State.APPLIED);
    return Optional.of(new Reached(reached, state.owner()));
  }

  /**
   * What one folding came to.
   *
   * @param rev of the chain's document, part of the ids of its ledger entries
   */
  private record Folded(
      String chain,
      ChainState state,
      Shares.Settled settled,
      List<GiftCodes.Change> gifts,
      long rev,
      Kept cause) {

    /** Also what support is told. */
    String purchaseId() {
      return ChainRecord.id(chain);
    }

    String reason() {
      return cause.event().kind().name().toLowerCase(Locale.ROOT);
    }

    boolean movesTokens() {
      return !settled.differences().isEmpty() || !gifts.isEmpty();
    }
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
                && kept.isClaim()
                && owner != null
                && !owner.equals(e.user())
                && !Buyers.isAnonymous(owner));
    return lost ? new Kept(kept.id(), kept.source(), e.withoutUser(), State.OWNED_BY_OTHER) : kept;
  }

  private Optional<Account> account(Map<String, Optional<Account>> owners, String user) {
    return owners.computeIfAbsent(user, buyers::account);
  }

  private void write(
      WriteBatch batch,
      DocumentReference document,
      DocumentSnapshot before,
      String commitId,
      Folded folded) {
    Map<String, @Nullable Object> fields =
        ChainRecord.fields(
            folded.chain(), folded.state(), folded.settled().shares(), products, folded.rev());
    fields.put("settledAt", timestamp(clock.instant()));
    fields.put("commitId", commitId);
    if (before.exists()) {
      batch.update(document, fields, Precondition.updatedAt(Commits.updateTime(before)));
    } else {
      batch.create(document, fields);
    }
  }

  private AccountChange change(Folded folded, Account account, String user) {
    var change = new AccountChange(account, Instant.now(clock));
    for (Shares.Difference difference : folded.settled().differences()) {
      if (difference.user().equals(user)) {
        String entry = "purchase:" + Hashes.sha256(difference.tx()) + ":" + folded.rev();
        add(change, entry, difference.tokens(), folded);
      }
    }
    for (GiftCodes.Change gift : folded.gifts()) {
      if (user.equals(gift.redeemedBy())) {
        String entry = "gift:" + gift.code().getId() + ":" + folded.rev();
        add(change, entry, gift.difference(), folded);
      }
    }
    Subscription subscription =
        user.equals(folded.state().owner()) ? folded.state().subscription(products) : null;
    change.subscribe(folded.purchaseId(), subscription);
    return change;
  }

  private static void add(AccountChange change, String entry, long tokens, Folded folded) {
    if (tokens > 0) {
      change.grant(entry, tokens, folded.reason(), folded.purchaseId(), folded.cause().id());
    } else {
      change.revoke(entry, -tokens, folded.reason(), folded.purchaseId(), folded.cause().id());
    }
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
            && kept.isClaim()
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

  private void note(WriteBatch batch, Folded folded) {
    var changes = new ArrayList<Object>();
    var users = new LinkedHashSet<>(folded.state().path());
    for (Shares.Difference each : folded.settled().differences()) {
      changes.add(change(each.user(), each.tx(), each.tokens()));
    }
    for (GiftCodes.Change gift : folded.gifts()) {
      if (gift.redeemedBy() != null) {
        changes.add(change(gift.redeemedBy(), gift.tx(), gift.difference()));
        users.add(gift.redeemedBy());
      }
    }
    Map<String, Object> about =
        Map.of(
            "purchaseId",
            folded.purchaseId(),
            "inboxId",
            folded.cause().id(),
            "kind",
            folded.reason(),
            "changes",
            changes,
            "users",
            users.stream().map(Buyers::accountId).toList());
    audit.add(batch, new AuditLog.Entry("purchase.settled", folded.cause().source(), about));
  }

  private static Map<String, Object> change(String user, String tx, long tokens) {
    return Map.of("user", Buyers.accountId(user), "tx", tx, "tokens", tokens);
  }

  private void tell(Folded folded) {
    LOG.info(
        "purchase.settled",
        "chain",
        folded.purchaseId(),
        "event",
        folded.cause().id(),
        "entries",
        folded.settled().differences().size() + folded.gifts().size());
    for (String unknown : folded.state().unknown(products)) {
      LOG.warn("purchase.unknown_product", "product", unknown, "chain", folded.purchaseId());
    }
  }
}
