package app.infinitestories.ai;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.provider.ProviderException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the chosen model, and its fallback from the moment the provider says that it is gone. */
public final class ModelSwitch {
  private static final EventLog LOG = EventLog.of(ModelSwitch.class);

  private final ModelChoice choice;
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  public ModelSwitch(ModelChoice choice) {
    this.choice = choice;
  }

  /** A call that can be made of either model. */
  @FunctionalInterface
  public interface Call<T> {
    T with(String model) throws ProviderException;
  }

  /** The answer of the model, or of its fallback if the model is gone. */
  public <T> T ask(Call<T> call) throws ProviderException {
    String model = current();
    try {
      return call.with(model);
    } catch (ProviderException.ModelGone e) {
      gone.add(model);
      String next = current();
      if (gone.contains(next)) {
        throw e;
      }
      LOG.warn("model.gone", "provider", e.provider(), "model", model, "fallback", next);
      return call.with(next);
    }
  }

  /** The model that the next call goes to. */
  public String current() {
    return choice.ids().stream().filter(id -> !gone.contains(id)).findFirst().orElseGet(choice::id);
  }
}
