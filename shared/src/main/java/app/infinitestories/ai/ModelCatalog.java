package app.infinitestories.ai;

import app.infinitestories.provider.ProviderException;
import java.time.LocalDate;
import java.util.Map;

/** The provider's list of models, for the daily check whether one of ours is about to go. */
public interface ModelCatalog {
  /** Shutdown dates by model id, for models where the provider states one. */
  Map<String, LocalDate> shutdownDates() throws ProviderException;
}
