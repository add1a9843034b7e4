package app.infinitestories.ai.openai;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.ModelSwitch;
import app.infinitestories.ai.Moderator;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import com.openai.models.moderations.Moderation;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.moderations.ModerationImageUrlInput;
import com.openai.models.moderations.ModerationMultiModalInput;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks OpenAI's moderation, which is free. */
public final class OpenAiModerator implements Moderator {
  private final OpenAi openai;
  private final ModelSwitch model;
  private final Duration limit;

  public OpenAiModerator(OpenAi openai, AiConfig config) {
    this.openai = openai;
    this.model = new ModelSwitch(config.moderation());
    this.limit = config.timeLimits().moderation();
  }

  @Override
  public Answer<Verdict> text(String text) throws ProviderException {
    return ask(ModerationCreateParams.Input.ofString(text));
  }

  @Override
  public Answer<Verdict> picture(Media picture) throws ProviderException {
    var url = ModerationImageUrlInput.ImageUrl.builder().url(picture.dataUri()).build();
    return ask(
        ModerationCreateParams.Input.ofModerationMultiModalArray(
            List.of(
                ModerationMultiModalInput.ofImageUrl(
                    ModerationImageUrlInput.builder().imageUrl(url).build()))));
  }

  @Override
  public PaidCall estimate() {
    return new PaidCall(OpenAi.PROVIDER, model.current(), BigDecimal.ZERO);
  }

  private Answer<Verdict> ask(ModerationCreateParams.Input input) throws ProviderException {
    return model.ask(id ->
        openai.ask(
            id,
            limit,
            (client, options) -> {
              var request = ModerationCreateParams.builder().model(id).input(input).build();
              List<Moderation> results = client.moderations().create(request, options).results();
              if (results.isEmpty()) {
                throw new ProviderException.BadAnswer(OpenAi.PROVIDER, id, "no result", null);
              }
              return new Answer<>(verdict(results), free(id));
            }));
  }

  private static Verdict verdict(List<Moderation> results) {
    // A category that is named while the flag is not set still counts: the flag is a summary.
    List<String> categories = results.stream().flatMap(each -> hits(each).stream()).toList();
    boolean flagged = results.stream().anyMatch(Moderation::flagged);
    return new Verdict(flagged || !categories.isEmpty(), categories);
  }

  private static List<String> hits(Moderation result) {
    JsonNode categories = ObjectMappers.jsonMapper().valueToTree(result.categories());
    return categories.properties().stream()
        .filter(entry -> entry.getValue().asBoolean())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Charge free(String id) {
    return new Charge(
        OpenAi.PROVIDER, id, "moderation", "requests", BigDecimal.ONE, BigDecimal.ZERO);
  }
}
