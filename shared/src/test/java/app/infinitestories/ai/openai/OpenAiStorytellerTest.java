package app.infinitestories.ai.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.PictureCheck;
import app.infinitestories.ai.Samples;
import app.infinitestories.ai.Script;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.ai.Storyteller.Task;
import app.infinitestories.ai.TextVerdict;
import app.infinitestories.ai.VisualProfile;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import java.awt.Color;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStorytellerTest {
  private static final ScriptBrief BRIEF =
      ScriptBrief.of(5, "space", "de", 3, "a kite for {{HERO}}", null, "red hair");
  private static final String SCRIPT =
      """
      {"title": "T", "scenes": [{"narration": "{{HERO}} n", "picturePrompt": "p", "motionPrompt": "m"}]}
      """;

  private static final SpokenScript SPOKEN = spoken("{{HERO}} ran.", "It was night.");

  private final OpenAiStub stub = new OpenAiStub();
  private final OpenAiStoryteller storyteller = new OpenAiStoryteller(stub.openai(), stub.config());

  @AfterEach
  void close() {
    stub.close();
  }

  private static SpokenScript spoken(String... sentences) {
    return new SpokenScript(List.of(new SpokenScript.Scene(List.of(sentences))));
  }

  @Test
  void aScriptIsAskedForAsJsonInAStrictShape() throws Exception {
    stub.chatAnswers(SCRIPT);

    Script script = storyteller.script(BRIEF).value();

    assertEquals(new Script("T", List.of(new Script.Scene("{{HERO}} n", "p", "m"))), script);
    JsonNode request = stub.onlyBody();
    JsonNode format = request.path("response_format").path("json_schema");
    assertEquals("story_script", format.path("name").asText());
    assertTrue(format.path("strict").asBoolean());
    assertEquals(
        Set.of("title", "scenes"), Set.copyOf(texts(format.path("schema").path("required"))));
    assertFalse(format.at("/schema/additionalProperties").asBoolean(true));
    JsonNode brief = Json.parse(request.at("/messages/1/content").asText());
    assertEquals(
        Json.parse(
            """
            {"hero": "{{HERO}}", "age": 5, "ageBand": "4-6", "genre": "space", "language": "de",
             "scenes": 3, "wordsPerScene": {"min": 35, "max": 60},
             "theme": "a kite for {{HERO}}", "heroLook": "red hair"}
            """),
        brief);
  }

  @Test
  void aTranslationIsAskedForSentenceBySentence() throws Exception {
    stub.chatAnswers(
        """
        {"scenes": [{"sentences": ["{{HERO}} lief.", "Es war Nacht."]}]}
        """);

    SpokenScript german = storyteller.translate(SPOKEN, "en", "de", AgeBand.ofAge(5)).value();

    assertEquals(spoken("{{HERO}} lief.", "Es war Nacht."), german);
    assertEquals("translation", stub.onlyBody().at("/response_format/json_schema/name").asText());
    assertEquals(
        Json.parse(
            """
            {"from": "en", "to": "de", "ageBand": "4-6",
             "scenes": [{"sentences": ["{{HERO}} ran.", "It was night."]}]}
            """),
        Json.parse(stub.onlyBody().at("/messages/1/content").asText()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"scenes\": [{\"sentences\": [\"{{HERO}} lief in der Nacht.\"]}]}",
        "{\"scenes\": [{\"sentences\": [\"{{HERO}} lief.\", \" \"]}]}",
        "{\"scenes\": []}"
      })
  void aTranslationOfOtherSentencesIsNoneButIsPaid(String answer) {
    stub.chatAnswers(answer);

    var bad =
        assertThrows(
            ProviderException.BadAnswer.class,
            () -> storyteller.translate(SPOKEN, "en", "de", AgeBand.ofAge(5)));

    assertTrue(bad.charge().orElseThrow().usd().signum() > 0);
  }

  @Test
  void onlyParametersOfThePublishedApiAreSent() throws Exception {
    stub.chatAnswers(SCRIPT);

    storyteller.script(BRIEF);

    Set<String> sent = new TreeSet<>();
    stub.onlyBody().fieldNames().forEachRemaining(sent::add);
    assertEquals(
        Set.of(),
        Sets.difference(
            sent,
            Set.of("model", "messages", "response_format", "max_completion_tokens", "store")));
    assertFalse(stub.onlyBody().path("store").asBoolean(true), "nothing is kept there");
  }

  @Test
  void theChargeIsExactByThePriceTable() throws Exception {
    stub.chatAnswers(SCRIPT);

    Charge charge = storyteller.script(BRIEF).charge();

    // 1,000 fresh x 0.10 + 400 cached x 0.01 + 2,000 out x 0.50 per million
    assertEquals(
        new Charge(
            "openai",
            "gpt-6-luna",
            "story_generation",
            "tokens",
            new BigDecimal(3_400),
            new BigDecimal("0.001104")),
        charge);
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void anEstimateIsNeverBelowTheLimitOfItsAnswer(Task task) {
    var estimate = storyteller.estimate(task);

    assertEquals("gpt-6-luna", estimate.model());
    assertTrue(estimate.estimateUsd().compareTo(new BigDecimal("0.001")) >= 0);
    assertTrue(estimate.estimateUsd().compareTo(new BigDecimal("0.01")) <= 0);
  }

  @Test
  void aRepairTellsTheModelWhatWasWrong() throws Exception {
    stub.chatAnswers(SCRIPT);
    var faulty = new Script("T", List.of());

    storyteller.repair(BRIEF, faulty, List.of("There must be 3 scenes, not 0."));

    JsonNode message = Json.parse(stub.onlyBody().at("/messages/1/content").asText());
    assertEquals("space", message.path("genre").asText());
    assertEquals("T", message.at("/script/title").asText());
    assertEquals("There must be 3 scenes, not 0.", message.at("/problems/0").asText());
  }

  @Test
  void aCheckSendsTheSheetFirstAndThenThePicture() throws Exception {
    stub.chatAnswers("{\"sameHero\": false, \"safe\": true, \"reason\": \"hair is brown\"}");
    var sheet = Samples.png(Color.RED);
    var picture = Samples.png(Color.BLUE);

    Answer<PictureCheck> check = storyteller.check(sheet, picture);

    assertEquals(new PictureCheck(false, true, "hair is brown"), check.value());
    JsonNode parts = stub.onlyBody().at("/messages/1/content");
    assertEquals(sheet.dataUri(), parts.at("/1/image_url/url").asText());
    assertEquals(picture.dataUri(), parts.at("/2/image_url/url").asText());
    assertEquals(3, parts.size());
  }

  @Test
  void aProfileIsReadOffTheSheet() throws Exception {
    stub.chatAnswers(
        """
        {"hair": "red curls", "eyes": "green", "skin": "light", "clothes": "blue coat",
         "palette": ["#aa3311"], "accessories": []}
        """);

    VisualProfile profile = storyteller.profile(Samples.png(Color.RED)).value();

    assertEquals(
        "hair: red curls; eyes: green; skin: light; clothes: blue coat; colours: #aa3311",
        profile.inWords());
    assertEquals(
        "visual_profile", stub.onlyBody().at("/response_format/json_schema/name").asText());
  }

  @Test
  void aTamerPromptKnowsWhetherPeopleMayBeInIt() throws Exception {
    stub.chatAnswers("{\"picturePrompt\": \"a quiet hill\"}");

    assertEquals("a quiet hill", storyteller.tamer("a wild hill", false).value());

    JsonNode message = Json.parse(stub.onlyBody().at("/messages/1/content").asText());
    assertEquals(Json.parse("{\"picturePrompt\": \"a wild hill\", \"people\": false}"), message);
  }

  @Test
  void aTextIsJudgedForItsAgeBand() throws Exception {
    stub.chatAnswers("{\"allowed\": false, \"category\": \"frightening\"}");

    TextVerdict verdict = storyteller.judge(AgeBand.TODDLER, "fr", "un texte").value();

    assertEquals(new TextVerdict(false, "frightening"), verdict);
    JsonNode message = Json.parse(stub.onlyBody().at("/messages/1/content").asText());
    assertEquals(
        Json.parse("{\"ageBand\": \"1-3\", \"language\": \"fr\", \"text\": \"un texte\"}"),
        message);
  }

  @Test
  void aModelThatRefusesIsARefusal() {
    stub.answers(okJson(OpenAiStub.completion("stop", null, "I cannot help with that.")));

    var refused = assertThrows(ProviderException.Refused.class, () -> storyteller.script(BRIEF));

    assertEquals("refusal", refused.category());
  }

  @Test
  void anAnswerStoppedByTheFilterIsARefusal() {
    stub.answers(okJson(OpenAiStub.completion("content_filter", "{\"ti", null)));

    var refused = assertThrows(ProviderException.Refused.class, () -> storyteller.script(BRIEF));

    assertEquals("content_filter", refused.category());
  }

  @Test
  void anAnswerCutAtItsLimitIsBad() {
    stub.answers(okJson(OpenAiStub.completion("length", SCRIPT, null)));

    assertThrows(ProviderException.BadAnswer.class, () -> storyteller.script(BRIEF));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "once upon a time",
        "[]",
        "{\"title\": \"T\"}",
        "{\"title\": null, \"scenes\": []}",
        "{\"title\": \"T\", \"scenes\": [{\"narration\": \"n\", \"picturePrompt\": \"p\"}]}",
        "{\"title\": \"T\", \"scenes\": [{\"narration\": 7, \"picturePrompt\": \"p\","
            + " \"motionPrompt\": \"m\"}]}"
      })
  void anAnswerInAnotherShapeIsBad(String content) {
    stub.chatAnswers(content);

    assertThrows(ProviderException.BadAnswer.class, () -> storyteller.script(BRIEF));
  }

  @ParameterizedTest
  @CsvSource({
    "stop, once upon a time",
    "stop, '{\"title\": 1}'",
    "length, '{\"ti'",
    "content_filter, no"
  })
  void anAnswerThatIsOfNoUseCarriesWhatItCost(String finish, String content) {
    stub.answers(okJson(OpenAiStub.completion(finish, content, null)));

    var useless = assertThrows(ProviderException.class, () -> storyteller.script(BRIEF));

    assertEquals(
        Optional.of(new BigDecimal("0.001104")), useless.charge().map(charge -> charge.usd()));
  }

  @Test
  void whatNeverCameCostsNothing() {
    stub.answers(OpenAiStub.error(500, "server_error", "server_error"));

    var busy = assertThrows(ProviderException.Busy.class, () -> storyteller.script(BRIEF));

    assertEquals(Optional.empty(), busy.charge());
  }

  @Test
  void aModelThatIsGoneIsReplacedForGood() throws Exception {
    stub.chatAnswers(
        "gpt-6-luna", OpenAiStub.error(404, "invalid_request_error", "model_not_found"));
    stub.chatAnswers("gpt-6-sol", okJson(OpenAiStub.completion("stop", SCRIPT, null)));

    Charge first = storyteller.script(BRIEF).charge();
    storyteller.script(BRIEF);

    assertEquals("gpt-6-sol", first.model());
    assertEquals(new BigDecimal("0.02208"), first.usd(), "at the fallback's own price");
    assertEquals(
        List.of("gpt-6-luna", "gpt-6-sol", "gpt-6-sol"),
        stub.bodies().stream().map(body -> Json.parse(body).path("model").asText()).toList());
    assertEquals("gpt-6-sol", storyteller.estimate(Task.SCRIPT).model());
  }

  @Test
  void withBothModelsGoneTheCauseIsSaid() {
    stub.answers(OpenAiStub.error(404, "invalid_request_error", "model_not_found"));

    assertThrows(ProviderException.ModelGone.class, () -> storyteller.script(BRIEF));
    assertEquals(2, stub.bodies().size());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
