package app.infinitestories.notifications;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Registers a device, and takes its target away from any other device or user that has it. */
  public void register(String uid, Device device) {
    WriteBatch batch = firestore.batch();
    DocumentReference own = device(uid, device.id());
    for (DocumentSnapshot other : holders(device)) {
      if (!other.getReference().equals(own)) {
        batch.delete(other.getReference());
      }
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("uid", uid);
    fields.put("deviceId", device.id());
    fields.put("fid", device.fid());
    fields.put("token", device.token());
    fields.put("platform", device.platform());
    fields.put("language", device.language());
    fields.put("updatedAt", timestamp(Instant.now(clock)));
    batch.set(own, fields);
    on(batch.commit());
  }

  /** Forgets a device; nothing happens when it is not there. */
  public void forget(String uid, String deviceId) {
    on(device(uid, deviceId).delete());
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

  private List<DocumentSnapshot> holders(Device device) {
    var holders = new ArrayList<DocumentSnapshot>();
    if (device.fid() != null) {
      holders.addAll(
          on(firestore.collectionGroup("devices").whereEqualTo("fid", device.fid()).get())
              .getDocuments());
    }
    if (device.token() != null) {
      holders.addAll(
          on(firestore.collectionGroup("devices").whereEqualTo("token", device.token()).get())
              .getDocuments());
    }
    return holders;
  }

  private DocumentReference device(String uid, String deviceId) {
    return firestore.collection("users").document(uid).collection("devices").document(deviceId);
  }

  private static String text(DocumentSnapshot document, String field, String fallback) {
    String value = document.getString(field);
    return value == null ? fallback : value;
  }
}
