package app.infinitestories.queue.admission;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.Timing;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the slots that the configuration names, and drains those that it names no more: a drained
 * slot lets its job finish and takes no other.
 */
public final class SetUpSlots {
  private static final String BY_CONFIGURATION = "configuration";

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final Map<String, Instant> looked = new ConcurrentHashMap<>();

  public SetUpSlots(QueueStore store, QueueConfig config, Timing timing) {
    this.store = store;
    this.config = config;
    this.timing = timing;
  }

  /** At most once a minute per pool and instance: a database may be emptied under us. */
  public void of(String pool) {
    Instant now = timing.now();
    Instant last = looked.get(pool);
    if (last != null && now.isBefore(last.plus(LOOK_AGAIN))) {
      return;
    }
    int wanted = config.slots().getOrDefault(pool, 0);
    Set<String> there = new HashSet<>();
    for (QueryDocumentSnapshot slot :
        on(store.slots().whereEqualTo("pool", pool).get()).getDocuments()) {
      there.add(slot.getId());
      drain(slot, number(slot.getId()) >= wanted);
    }
    for (int i = 0; i < wanted; i++) {
      if (!there.contains(id(pool, i))) {
        create(pool, i);
      }
    }
    looked.put(pool, now);
  }

  private void create(String pool, int number) {
    Map<String, @Nullable Object> slot = new HashMap<>(Slot.freed(0, store.newId()));
    slot.put("pool", pool);
    slot.put("drained", false);
    slot.put("drainedBy", null);
    try {
      on(store.slot(id(pool, number)).create(slot));
    } catch (FirestoreException e) {
      // Another instance was faster. Anything else shows again when the slot is read.
      if (!on(store.slot(id(pool, number)).get()).exists()) {
        throw e;
      }
    }
  }

  /** Somebody who drained a slot by hand is not overruled. */
  private static void drain(DocumentSnapshot slot, boolean surplus) {
    boolean drained = Boolean.TRUE.equals(slot.getBoolean("drained"));
    if (surplus && !drained) {
      on(slot.getReference().update("drained", true, "drainedBy", BY_CONFIGURATION));
    } else if (!surplus && drained && BY_CONFIGURATION.equals(slot.getString("drainedBy"))) {
      on(slot.getReference().update("drained", false, "drainedBy", null));
    }
  }

  private static String id(String pool, int number) {
    return pool + "-" + number;
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }
}
