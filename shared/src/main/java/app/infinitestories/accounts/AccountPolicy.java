package app.infinitestories.accounts;

import app.infinitestories.platform.config.Environment;

/** What a new account starts with: tokens granted once, and the month's free quota of stories. */
public record AccountPolicy(int startingTokens, int monthlyStories) {
  /** Reads STARTING_TOKENS and MONTHLY_FREE_STORIES. */
  public static AccountPolicy from(Environment env) {
    return new AccountPolicy(
        env.integer("STARTING_TOKENS", 3, 0, 10_000, "tokens granted to a new account"),
        env.integer(
            "MONTHLY_FREE_STORIES", 10, 0, 10_000, "narrated stories a month without tokens"));
  }
}
