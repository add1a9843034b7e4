package app.infinitestories.accounts;

/** Who may watch what takes a subscription. */
@FunctionalInterface
public interface Entitlements {

  /** Whether this user may watch premium content now. */
  boolean has(String uid);
}
