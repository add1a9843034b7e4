package app.infinitestories.purchases;

import java.util.Locale;

/** Who took the money. */
public enum Store {
  APPLE,
  GOOGLE,
  /** RevenueCat's other stores, gifts of its dashboard among them; known by its webhooks only. */
  OTHER;

  /** The word in documents and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
