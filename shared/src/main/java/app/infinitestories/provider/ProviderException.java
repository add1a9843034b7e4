package app.infinitestories.provider;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's call that brought no result, by cause, since the cause decides what happens next.
 * What it cost all the same travels with it: a useless answer is on the bill like a good one.
 */
public abstract sealed class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String provider;
  private final String model;
  private transient @Nullable Charge charge;

  private ProviderException(
      String provider, String model, String message, @Nullable Throwable cause) {
    super(provider + " " + model + ": " + message, cause);
    this.provider = provider;
    this.model = model;
  }

  public String provider() {
    return provider;
  }

  public String model() {
    return model;
  }

  /** What the call cost although it brought nothing, if that is known. */
  public Optional<Charge> charge() {
    return Optional.ofNullable(charge);
  }

  /** The same failure of a call that has to be paid for. */
  public ProviderException costing(Charge billed) {
    charge = billed;
    return this;
  }

  /** 429, 5xx, a time-out or a broken connection: the same call may succeed later. */
  public static final class Busy extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    public Busy(
        String provider,
        String model,
        String message,
        Optional<Duration> retryAfter,
        @Nullable Throwable cause) {
      super(provider, model, message, cause);
      this.retryAfter = retryAfter;
    }

    /** How long the provider asked us to wait, if it said. */
    public Optional<Duration> retryAfter() {
      return retryAfter;
    }
  }

  /** The provider's safety rules said no; the refusal ladder decides. */
  public static final class Refused extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final String category;
    private final boolean terminal;

    /**
     * @param category which rule, in the provider's word, never a quote
     * @param terminal the provider forbids asking again (Runway's {@code SAFETY.*})
     */
    public Refused(String provider, String model, String category, boolean terminal) {
      super(provider, model, "refused: " + category, null);
      this.category = category;
      this.terminal = terminal;
    }

    public String category() {
      return category;
    }

    public boolean terminal() {
      return terminal;
    }
  }

  /** The provider answered, but with something that is no result (broken JSON, an empty file). */
  public static final class BadAnswer extends ProviderException {
    private static final long serialVersionUID = 1L;

    public BadAnswer(String provider, String model, String message, @Nullable Throwable cause) {
      super(provider, model, message, cause);
    }
  }

  /** The provider says that our request is wrong (4xx): asking again cannot help. */
  public static final class BadRequest extends ProviderException {
    private static final long serialVersionUID = 1L;

    public BadRequest(String provider, String model, String message, @Nullable Throwable cause) {
      super(provider, model, message, cause);
    }
  }

  /** The model does not exist (any more); the configured fallback may. */
  public static final class ModelGone extends ProviderException {
    private static final long serialVersionUID = 1L;

    public ModelGone(String provider, String model) {
      super(provider, model, "the model is gone", null);
    }
  }
}
