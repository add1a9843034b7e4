package app.infinitestories.notifications;

import app.infinitestories.platform.log.EventLog;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.MessagingErrorCode;
import com.google.firebase.messaging.Notification;

/** {@link PushSender} on firebase-admin. */
public final class FcmPushSender implements PushSender {
  private static final EventLog LOG = EventLog.of(FcmPushSender.class);

  private final FirebaseMessaging messaging;

  public FcmPushSender(FirebaseMessaging messaging) {
    this.messaging = messaging;
  }

  @Override
  public Delivery send(Device device, Push push) {
    try {
      messaging.send(message(device, push));
      return Delivery.SENT;
    } catch (FirebaseMessagingException e) {
      Delivery delivery = delivery(e.getMessagingErrorCode());
      if (delivery == Delivery.REJECTED) {
        LOG.error("push.rejected", e, "code", e.getMessagingErrorCode(), "device", device.id());
      } else {
        LOG.warn(
            "push.not_sent",
            "code",
            e.getMessagingErrorCode(),
            "device",
            device.id(),
            "cause",
            e.getCause());
      }
      return delivery;
    }
  }

  /** UNREGISTERED is the device's end; INVALID_ARGUMENT is ours to mend; the rest passes. */
  private static Delivery delivery(@org.jspecify.annotations.Nullable MessagingErrorCode code) {
    if (code == null) {
      return Delivery.LATER;
    }
    return switch (code) {
      case UNREGISTERED -> Delivery.DEVICE_GONE;
      case INVALID_ARGUMENT, SENDER_ID_MISMATCH -> Delivery.REJECTED;
      case QUOTA_EXCEEDED, UNAVAILABLE, INTERNAL, THIRD_PARTY_AUTH_ERROR -> Delivery.LATER;
    };
  }

  @SuppressWarnings("deprecation") // Phones registered before installation ids have only a token.
  private static Message message(Device device, Push push) {
    var message =
        Message.builder()
            .setNotification(
                Notification.builder().setTitle(push.title()).setBody(push.body()).build())
            .putAllData(push.data())
            .setAndroidConfig(
                AndroidConfig.builder()
                    .setCollapseKey(push.collapseKey())
                    .setNotification(
                        AndroidNotification.builder().setTag(push.collapseKey()).build())
                    .build())
            .setApnsConfig(
                ApnsConfig.builder()
                    .putHeader("apns-collapse-id", push.collapseKey())
                    .setAps(Aps.builder().setSound("default").build())
                    .build());
    return (device.fid() != null ? message.setFid(device.fid()) : message.setToken(device.token()))
        .build();
  }
}
