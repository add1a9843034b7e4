package app.infinitestories.ai.openai;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.ModelSwitch;
import app.infinitestories.ai.PictureCheck;
import app.infinitestories.ai.PriceTable;
import app.infinitestories.ai.Script;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.ai.TextVerdict;
import app.infinitestories.ai.VisualProfile;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a chat model for answers in fixed shapes (structured output). */
public final class OpenAiStoryteller implements Storyteller {
  private static final String OPERATION = "story_generation";

  private final OpenAi openai;
  private final ModelSwitch model;
  private final PriceTable prices;
  private final Duration limit;

  public OpenAiStoryteller(OpenAi openai, AiConfig config) {
    this.openai = openai;
    this.model = new ModelSwitch(config.story());
    this.prices = config.prices();
    this.limit = config.timeLimits().story();
  }

  @Override
  public Answer<Script> script(ScriptBrief brief) throws ProviderException {
    return ask(Task.SCRIPT, Instructions.SCRIPT, Json.write(brief), List.of(), Script.class);
  }

  @Override
  public Answer<Script> repair(ScriptBrief brief, Script script, List<String> problems)
      throws ProviderException {
    ObjectNode request = Json.mapper().valueToTree(brief);
    request.set("script", Json.mapper().valueToTree(script));
    request.set("problems", Json.mapper().valueToTree(problems));
    return ask(Task.REPAIR, Instructions.REPAIR, Json.write(request), List.of(), Script.class);
  }

  @Override
  public Answer<Script> revise(ScriptBrief brief, Script script, String changes)
      throws ProviderException {
    ObjectNode request = Json.mapper().valueToTree(brief);
    request.set("script", Json.mapper().valueToTree(script));
    request.put("changes", changes);
    return ask(Task.REVISE, Instructions.REVISE, Json.write(request), List.of(), Script.class);
  }

  @Override
  public Answer<SpokenScript> translate(
      SpokenScript script, String from, String to, AgeBand ageBand) throws ProviderException {
    ObjectNode request =
        Json.mapper()
            .createObjectNode()
            .put("from", from)
            .put("to", to)
            .put("ageBand", ageBand.text());
    request.set("scenes", Json.mapper().valueToTree(script.scenes()));
    var answer =
        ask(
            Task.TRANSLATION,
            Instructions.TRANSLATION,
            Json.write(request),
            List.of(),
            SpokenScript.class);
    if (!answer.value().runsBeside(script)) {
      throw bad(answer.charge().model(), "other sentences than asked for").costing(answer.charge());
    }
    return answer;
  }

  @Override
  public Answer<VisualProfile> profile(Media sheet) throws ProviderException {
    return ask(Task.PROFILE, Instructions.PROFILE, null, List.of(sheet), VisualProfile.class);
  }

  @Override
  public Answer<PictureCheck> check(Media sheet, Media picture) throws ProviderException {
    return ask(Task.CHECK, Instructions.CHECK, null, List.of(sheet, picture), PictureCheck.class);
  }

  @Override
  public Answer<String> tamer(String picturePrompt, boolean people) throws ProviderException {
    String request =
        Json.write(
            Json.mapper()
                .createObjectNode()
                .put("picturePrompt", picturePrompt)
                .put("people", people));
    Answer<TamerPrompt> answer =
        ask(Task.TAMER, Instructions.TAMER, request, List.of(), TamerPrompt.class);
    return new Answer<>(answer.value().picturePrompt(), answer.charge());
  }

  @Override
  public Answer<TextVerdict> judge(AgeBand ageBand, String language, String text)
      throws ProviderException {
    String request =
        Json.write(
            Json.mapper()
                .createObjectNode()
                .put("ageBand", ageBand.text())
                .put("language", language)
                .put("text", text));
    return ask(Task.JUDGE, Instructions.JUDGE, request, List.of(), TextVerdict.class);
  }

  @Override
  public PaidCall estimate(Task task) {
    Budget budget = Budget.of(task);
    String id = model.current();
    BigDecimal usd =
        prices.tokens(id, PriceTable.Tokens.text(budget.inputTokens, 0, budget.outputTokens));
    return new PaidCall(OpenAi.PROVIDER, id, usd);
  }

  private record TamerPrompt(String picturePrompt) {}

  /** The most tokens that go into and come out of a task; thinking counts as coming out. */
  private record Budget(Shape shape, int inputTokens, int outputTokens) {
    static Budget of(Task task) {
      return switch (task) {
        case SCRIPT, REPAIR, REVISE -> new Budget(Shape.STORY_SCRIPT, 8_000, 12_000);
        case TRANSLATION -> new Budget(Shape.TRANSLATION, 6_000, 8_000);
        case PROFILE -> new Budget(Shape.VISUAL_PROFILE, 6_000, 3_000);
        case CHECK -> new Budget(Shape.PICTURE_CHECK, 10_000, 3_000);
        case TAMER -> new Budget(Shape.TAMER_PROMPT, 2_000, 3_000);
        case JUDGE -> new Budget(Shape.TEXT_CHECK, 8_000, 2_000);
      };
    }
  }

  private <T> Answer<T> ask(
      Task task, String instructions, @Nullable String text, List<Media> pictures, Class<T> type)
      throws ProviderException {
    Budget budget = Budget.of(task);
    return model.ask(id -> {
      var request =
          ChatCompletionCreateParams.builder()
              .model(id)
              .addSystemMessage(instructions)
              .jsonSchemaResponseFormat(budget.shape.format())
              .maxCompletionTokens(budget.outputTokens)
              .store(false);
      if (text != null) {
        request.addUserMessage(text);
      } else {
        request.addUserMessageOfArrayOfContentParts(parts(pictures));
      }
      return openai.ask(
          id,
          limit,
          (client, options) -> {
            ChatCompletion answer = client.chat().completions().create(request.build(), options);
            return OpenAi.read(
                id,
                charge(id, task, answer),
                () -> Json.convert(content(id, budget.shape, answer), type));
          });
    });
  }

  private static List<ChatCompletionContentPart> parts(List<Media> pictures) {
    List<ChatCompletionContentPart> parts = new ArrayList<>();
    parts.add(
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder()
                .text(pictures.size() == 1 ? "The sheet:" : "First the sheet, then the picture:")
                .build()));
    for (Media picture : pictures) {
      parts.add(
          ChatCompletionContentPart.ofImageUrl(
              ChatCompletionContentPartImage.builder()
                  .imageUrl(
                      ChatCompletionContentPartImage.ImageUrl.builder()
                          .url(picture.dataUri())
                          .build())
                  .build()));
    }
    return parts;
  }

  private static JsonNode content(String id, Shape shape, ChatCompletion answer)
      throws ProviderException {
    if (answer.choices().isEmpty()) {
      throw bad(id, "no choice");
    }
    ChatCompletion.Choice choice = answer.choices().getFirst();
    String finish = choice.finishReason().asString();
    if (finish.equals("content_filter")) {
      throw new ProviderException.Refused(OpenAi.PROVIDER, id, finish, false);
    }
    if (choice.message().refusal().filter(words -> !words.isBlank()).isPresent()) {
      throw new ProviderException.Refused(OpenAi.PROVIDER, id, "refusal", false);
    }
    if (!finish.equals("stop")) {
      throw bad(id, "ended by " + finish);
    }
    try {
      JsonNode json = Json.parse(choice.message().content().orElse(""));
      var misfit = shape.misfit(json);
      if (misfit.isPresent()) {
        throw bad(id, misfit.get());
      }
      return json;
    } catch (IllegalArgumentException e) {
      throw bad(id, "not JSON");
    }
  }

  /** The specification leaves the usage optional; without it the most that it can be is booked. */
  private Charge charge(String id, Task task, ChatCompletion answer) {
    Budget most = Budget.of(task);
    var tokens =
        answer
            .usage()
            .map(OpenAiStoryteller::tokens)
            .orElse(PriceTable.Tokens.text(most.inputTokens, 0, most.outputTokens));
    return new Charge(
        OpenAi.PROVIDER,
        id,
        OPERATION,
        "tokens",
        BigDecimal.valueOf(tokens.total()),
        prices.tokens(id, tokens));
  }

  private static PriceTable.Tokens tokens(CompletionUsage usage) {
    long cached =
        usage
            .promptTokensDetails()
            .flatMap(CompletionUsage.PromptTokensDetails::cachedTokens)
            .orElse(0L);
    return PriceTable.Tokens.text(usage.promptTokens() - cached, cached, usage.completionTokens());
  }

  private static ProviderException.BadAnswer bad(String id, String what) {
    return new ProviderException.BadAnswer(OpenAi.PROVIDER, id, what, null);
  }
}
