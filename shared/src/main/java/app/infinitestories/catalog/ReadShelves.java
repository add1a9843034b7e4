package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.safety.TermFilter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** Reads what is on show in a language: one document. */
public final class ReadShelves {
  private static final Duration RECENT = Duration.ofSeconds(30);

  private final CatalogPaths paths;
  private final Cache<String, Shelves> recent;

  public ReadShelves(Firestore firestore, Clock clock) {
    this.paths = new CatalogPaths(firestore);
    this.recent =
        Caffeine.newBuilder()
            .maximumSize(TermFilter.LANGUAGES.size())
            .expireAfterWrite(RECENT)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  /** Asks for the shelves. The read is on its way when this returns; the supplier waits for it. */
  public Supplier<Shelves> ask(String language) {
    ApiFuture<DocumentSnapshot> document = paths.discovery(language).get();
    return () -> Shelves.of(on(document));
  }

  /** The shelves as they were at most 30 seconds ago: however many ask, this instance asks once. */
  public Shelves recent(String language) {
    return recent.get(language, asked -> ask(asked).get());
  }
}
