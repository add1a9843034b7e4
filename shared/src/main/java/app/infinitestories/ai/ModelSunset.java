package app.infinitestories.ai;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.provider.ProviderException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * When the provider turns our models off, asked once a day in the background: nobody waits for the
 * answer. A model of ours that ends within 60 days is warned of.
 */
public final class ModelSunset {
  private static final EventLog LOG = EventLog.of(ModelSunset.class);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int WARNING_DAYS = 60;

  private record Known(Map<String, LocalDate> dates, Instant until) {}

  private final ModelCatalog catalog;
  private final Set<String> ours;
  private final Clock clock;
  private final AtomicReference<Known> known =
      new AtomicReference<>(new Known(Map.of(), Instant.MIN));

  /**
   * @param ours ids of the configured models, fallbacks included
   */
  public ModelSunset(ModelCatalog catalog, Set<String> ours, Clock clock) {
    this.catalog = catalog;
    this.ours = Set.copyOf(ours);
    this.clock = clock;
  }

  /** Shutdown dates by model id, as far as they are known now. */
  public Map<String, LocalDate> dates() {
    Known now = known.get();
    Instant time = clock.instant();
    if (time.isAfter(now.until())
        && known.compareAndSet(now, new Known(now.dates(), time.plus(KEPT)))) {
      Thread.ofVirtual().name("model-sunset").start(this::ask);
    }
    return now.dates();
  }

  /** Asks the provider now, and warns of what ends soon. */
  public void ask() {
    try {
      Map<String, LocalDate> dates = catalog.shutdownDates();
      known.set(new Known(dates, clock.instant().plus(KEPT)));
      LocalDate soon = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(WARNING_DAYS);
      dates.forEach((model, date) -> {
        if (ours.contains(model) && date.isBefore(soon)) {
          LOG.warn("model.ends", "model", model, "date", date);
        }
      });
    } catch (ProviderException e) {
      LOG.error("model.dates-unknown", e);
    }
  }
}
