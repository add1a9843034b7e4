package app.infinitestories.local.part;

import java.net.URI;

/**
 * One piece of the local stack, for example an emulator or a stand-in, that can be stopped and
 * started again at the same address while the others go on.
 */
public interface Part extends AutoCloseable {

  /** The name that people and the control address use, for example {@code firestore}. */
  String name();

  /** Where the part answers. Known after the first {@link #start()}, and the same ever after. */
  URI address();

  /**
   * Starts the part and returns when it answers.
   *
   * @throws PortInUseException when its port belongs to another process
   * @throws PartException when it does not come up
   */
  void start();

  /** Ends the part; what it held in memory is gone. Does nothing when it is not running. */
  void stop();

  boolean running();

  /** {@code host:port}, the form in which the {@code *_EMULATOR_HOST} variables want it. */
  default String host() {
    return address().getHost() + ":" + address().getPort();
  }

  @Override
  default void close() {
    stop();
  }
}
