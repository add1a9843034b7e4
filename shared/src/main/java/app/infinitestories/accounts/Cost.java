package app.infinitestories.accounts;

/**
 * What a job asks of its owner's account.
 *
 * @param tokens taken when the quota does not pay
 * @param quota units of the month's quota that pay instead of the tokens; 0 when it cannot
 */
public record Cost(long tokens, long quota) {
  /** Asks for nothing. */
  public static final Cost FREE = new Cost(0, 0);

  /** Asks for tokens only. */
  public static Cost ofTokens(long tokens) {
    return new Cost(tokens, 0);
  }
}
