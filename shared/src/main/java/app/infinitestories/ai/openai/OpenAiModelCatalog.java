package app.infinitestories.ai.openai;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.ModelCatalog;
import app.infinitestories.provider.ProviderException;
import com.openai.models.models.Model;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code GET /v1/models}. */
public final class OpenAiModelCatalog implements ModelCatalog {
  private final OpenAi openai;
  private final Duration limit;

  public OpenAiModelCatalog(OpenAi openai, AiConfig config) {
    this.openai = openai;
    this.limit = config.timeLimits().moderation();
  }

  @Override
  public Map<String, LocalDate> shutdownDates() throws ProviderException {
    return openai.ask(
        "models",
        limit,
        (client, options) -> {
          Map<String, LocalDate> dates = new TreeMap<>();
          for (Model model : client.models().list(options).data()) {
            model.shutdownDate().ifPresent(date -> dates.put(model.id(), date));
          }
          return Map.copyOf(dates);
        });
  }
}
