package app.infinitestories.functions.web;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a route, and what its handler is told about the caller.
 *
 * @param <P> what {@link Call#user()} returns
 */
public final class Authority<P> {
  /** Anybody who is signed in. */
  public static final Authority<User> USER =
      new Authority<>("USER", Token.REQUIRED, Authority::present);

  /** Anybody who is signed in, even while their account is being deleted. */
  public static final Authority<User> USER_EVEN_LEAVING =
      new Authority<>("USER", Token.REQUIRED, Authority::present);

  /** Anybody; with a token the handler knows the user, and a bad token is still refused. */
  public static final Authority<Optional<User>> OPTIONAL =
      new Authority<>("OPTIONAL", Token.ALLOWED, Optional::ofNullable);

  /** Anybody; a token is not even looked at. */
  public static final Authority<Nobody> NONE =
      new Authority<>("NONE", Token.IGNORED, user -> Nobody.NOBODY);

  /** Only accounts with the claim {@code role=admin}. */
  public static final Authority<User> ADMIN =
      new Authority<>("ADMIN", Token.REQUIRED, Authority::present);

  /** What a route does with an Authorization header. */
  enum Token {
    REQUIRED,
    ALLOWED,
    IGNORED,
    /** It belongs to the check of a machine, if anything does. */
    MACHINE
  }

  private final String label;
  private final Token token;
  private final Function<@Nullable User, P> principal;
  private final @Nullable SenderCheck<P> check;

  private Authority(String label, Token token, Function<@Nullable User, P> principal) {
    this.label = label;
    this.token = token;
    this.principal = principal;
    this.check = null;
  }

  private Authority(String label, SenderCheck<P> check) {
    this.label = label;
    this.token = Token.MACHINE;
    this.principal =
        user -> {
          throw new IllegalStateException(label + " is no user");
        };
    this.check = check;
  }

  /**
   * A machine that proves itself by what it sends. The handler gets what the check made of it;
   * failures are counted by address, successes are not counted.
   */
  public static <P> Authority<P> machine(String label, SenderCheck<P> check) {
    return new Authority<>(label, check);
  }

  /** As routes.txt and the documentation write it. */
  public String label() {
    return label;
  }

  Token token() {
    return token;
  }

  /** How a machine is checked; null where people call. */
  @Nullable SenderCheck<P> check() {
    return check;
  }

  boolean needsAdmin() {
    return this == (Authority<?>) ADMIN;
  }

  boolean letsLeavingIn() {
    return this == (Authority<?>) USER_EVEN_LEAVING;
  }

  P principal(@Nullable User user) {
    return principal.apply(user);
  }

  private static User present(@Nullable User user) {
    if (user == null) {
      throw new IllegalStateException("the router let a caller pass without a user");
    }
    return user;
  }

  @Override
  public String toString() {
    return label;
  }
}
