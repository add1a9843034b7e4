package app.infinitestories.notifications;

/** Sends one push to one device. */
public interface PushSender {
  /** What became of it. */
  enum Delivery {
    /** Cloud Messaging has taken it. */
    SENT,
    /** The app is no longer on that device. */
    DEVICE_GONE,
    /** Quota or an outage: the same push may go out later. */
    LATER,
    /** Cloud Messaging says that our message is wrong; sending it again cannot help. */
    REJECTED
  }

  /** Sends; every failure is one of the outcomes. */
  Delivery send(Device device, Push push);
}
