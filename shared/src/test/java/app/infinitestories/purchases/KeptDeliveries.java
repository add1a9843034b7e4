package app.infinitestories.purchases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers what a source delivers, and answers as the test wants. */
public final class KeptDeliveries implements ReceiveDelivery {
  private final List<Delivery> kept = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private @Nullable Outcome answer;

  @Override
  public Outcome receive(Delivery delivery) {
    if (!ids.add(delivery.source() + ":" + delivery.id())) {
      return Outcome.REPEATED;
    }
    kept.add(delivery);
    if (answer != null) {
      return answer;
    }
    return delivery.event().isPresent() ? Outcome.APPLIED : Outcome.IGNORED;
  }

  /** From now on that is the answer to what is new. */
  public void answer(Outcome outcome) {
    answer = outcome;
  }

  /** All that was delivered, in order. */
  public List<Delivery> all() {
    return List.copyOf(kept);
  }

  /** The one delivery. */
  public Delivery only() {
    if (kept.size() != 1) {
      throw new AssertionError("kept " + kept);
    }
    return kept.getFirst();
  }

  /** What the one delivery tells. */
  public StoreEvent event() {
    return only().event().orElseThrow();
  }

  /** Finds those users, as the stores know them. */
  public static FindBuyer buyers(String... uids) {
    return new FindBuyer() {
      @Override
      public Optional<String> byAppleToken(UUID token) {
        return Stream.of(uids).filter(uid -> StoreAccountIds.apple(uid).equals(token)).findFirst();
      }

      @Override
      public Optional<String> byGoogleId(String id) {
        return Stream.of(uids).filter(uid -> StoreAccountIds.google(uid).equals(id)).findFirst();
      }
    };
  }
}
