package app.infinitestories.purchases;

/** Where all sources deliver. */
public interface ReceiveDelivery {

  /** What became of a delivery. */
  enum Outcome {
    /**
     * Its effects are in the accounts: in those of whoever owns the purchase or did, which need not
     * be the user whom it names.
     */
    APPLIED,
    /**
     * It is kept, and its effects follow: its product or its buyer is unknown yet, or Firestore was
     * slow.
     */
    KEPT,
    /** It is kept, and means nothing to us. */
    IGNORED,
    /**
     * A user claims what is another user's: it is kept, and changes nothing. Source verify only.
     */
    OWNED_BY_OTHER,
    /** It had been delivered before; its effects are in the accounts now. */
    REPEATED
  }

  /**
   * Keeps a delivery and applies it. When this returns it is kept for good, whatever comes.
   *
   * @throws app.infinitestories.platform.failure.Failure.Unavailable when it could not be kept: the
   *     source has to deliver it again
   */
  Outcome receive(Delivery delivery);
}
