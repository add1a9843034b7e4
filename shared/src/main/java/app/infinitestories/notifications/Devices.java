package app.infinitestories.notifications;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The devices of users, {@code users/{uid}/devices/{deviceId}}. A push target belongs to one user
 * at a time: whoever registers it last has it.
 */
public final class Devices {
  private final Firestore firestore;
  private final Clock clock;

  public Devices(Firestore firestore, Clock clock) {
    this.firestore = firestore;
    this.clock = clock;
  }

  /**
   * Registers a device, and takes its target away from any other device or user that has it: in a
   * transaction, so that of two owners at once one has it in the end.
   */
  public void register(String uid, Device device) {
    DocumentReference own = device(uid, device.id());
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("uid", uid);
    fields.put("deviceId", device.id());
    fields.put("fid", device.fid());
    fields.put("token", device.token());
    fields.put("platform", device.platform());
    fields.put("language", device.language());
    fields.put("updatedAt", timestamp(Instant.now(clock)));
    on(
        firestore.runTransaction(transaction -> {
          for (DocumentSnapshot other : holders(transaction, device)) {
            if (!other.getReference().equals(own)) {
              transaction.delete(other.getReference());
            }
          }
          transaction.set(own, fields);
          return own;
        }));
  }

  /** Forgets a device; nothing happens when it is not there. */
  public void forget(String uid, String deviceId) {
    on(device(uid, deviceId).delete());
  }

  /** From now on the user's devices are told in that language. */
  public void speak(String uid, String language) {
    for (Device device : of(uid)) {
      try {
        on(device(uid, device.id()).update("language", language));
      } catch (FirestoreException e) {
        if (!Commits.isDoubtful(e) || on(device(uid, device.id()).get()).exists()) {
          throw e;
        }
        // Signed out or moved to another user meanwhile.
      }
    }
  }

  /** The app is gone from a device; one that was registered anew meanwhile stays. */
  void gone(String uid, Device device) {
    DocumentSnapshot now = on(device(uid, device.id()).get());
    if (!now.exists()
        || !Objects.equals(now.getString("fid"), device.fid())
        || !Objects.equals(now.getString("token"), device.token())) {
      return;
    }
    try {
      on(now.getReference().delete(Precondition.updatedAt(Commits.updateTime(now))));
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e)) {
        throw e;
      }
      // Registered anew since it was read, or deleted by an earlier copy of this commit.
    }
  }

  /** All devices of a user. */
  List<Device> of(String uid) {
    var devices = new ArrayList<Device>();
    for (DocumentSnapshot document :
        on(firestore.collection("users").document(uid).collection("devices").limit(50).get())
            .getDocuments()) {
      devices.add(
          new Device(
              document.getId(),
              document.getString("fid"),
              document.getString("token"),
              text(document, "platform", "android"),
              text(document, "language", "en")));
    }
    return devices;
  }

  private List<DocumentSnapshot> holders(Transaction transaction, Device device) {
    var holders = new ArrayList<DocumentSnapshot>();
    holders.addAll(holders(transaction, "fid", device.fid()));
    holders.addAll(holders(transaction, "token", device.token()));
    return holders;
  }

  private List<? extends DocumentSnapshot> holders(
      Transaction transaction, String field, @Nullable String target) {
    return target == null
        ? List.of()
        : on(transaction.get(firestore.collectionGroup("devices").whereEqualTo(field, target)))
            .getDocuments();
  }

  private DocumentReference device(String uid, String deviceId) {
    return firestore.collection("users").document(uid).collection("devices").document(deviceId);
  }

  private static String text(DocumentSnapshot document, String field, String fallback) {
    String value = document.getString(field);
    return value == null ? fallback : value;
  }
}
