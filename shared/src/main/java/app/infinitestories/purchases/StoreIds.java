package app.infinitestories.purchases;

import app.infinitestories.platform.Hashes;
import java.util.regex.Pattern;

/** How chains and transactions are named: the same, whoever tells of them. */
public final class StoreIds {
  /** Google numbers the renewals of an order: {@code GPA.1234-5678..0} is the first. */
  private static final Pattern RENEWAL = Pattern.compile("\\.\\.[0-9]+$");

  private StoreIds() {}

  /**
   * The chain that a purchase and its renewals make.
   *
   * @param original the store's id of the first transaction; for Google any order id of the chain
   */
  public static String chain(Store store, String original) {
    String first = store == Store.GOOGLE ? RENEWAL.matcher(original).replaceFirst("") : original;
    return store.word() + ":" + first;
  }

  /** One transaction: for Google the order id as it is, so that each renewal is its own. */
  public static String transaction(Store store, String id) {
    return store.word() + ":" + id;
  }

  /** Whether an order id of Google is that of a renewal. */
  public static boolean isRenewal(String order) {
    return RENEWAL.matcher(order).find();
  }

  /** What stands for an order id where Google gives none: free and test purchases. */
  public static String orderOfToken(String purchaseToken) {
    return "token-" + Hashes.sha256(purchaseToken);
  }
}
