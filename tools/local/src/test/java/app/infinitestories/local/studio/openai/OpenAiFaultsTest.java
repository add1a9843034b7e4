package app.infinitestories.local.studio.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.Call;
import app.infinitestories.local.studio.Faults;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.SetClock;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.local.studio.Wire;
import app.infinitestories.local.studio.Wire.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault strikes as often as ordered, in the provider's own words, and then no more. */
class OpenAiFaultsTest {
  private final Wire wire = new Wire();
  private Studio studio;

  @BeforeEach
  void start() {
    studio = Studio.start(StudioSettings.quick(), new SetClock("2026-11-21T10:00:00Z"));
  }

  @AfterEach
  void stop() {
    studio.close();
    wire.close();
  }

  @Test
  void rateLimitAnswers429WithRetryAfter() throws IOException {
    studio.order(Faults.parse("rate-limit=1"));

    Answer first = moderate("Good night");
    Answer second = moderate("Good night");

    assertEquals(429, first.status());
    assertEquals("1", first.headers().get("Retry-After"));
    assertEquals("rate_limit_exceeded", first.json().at("/error/code").asText());
    assertEquals(200, second.status());
  }

  @Test
  void serverErrorStrikesOnlyInItsScope() throws IOException {
    studio.order(Faults.parse("server-error@images=2"));

    assertEquals(200, moderate("Good night").status());
    assertEquals(500, picture().status());
    assertEquals(500, picture().status());
    assertEquals(200, picture().status());
  }

  @Test
  void aFaultIsNotSpentOnAnInvalidRequest() throws IOException {
    studio.order(Faults.parse("server-error=1"));

    Answer invalid = wire.openAi(studio, "/moderations", Json.object().put("model", "gpt-0"));
    Answer valid = moderate("Good night");

    assertEquals(404, invalid.status());
    assertEquals(500, valid.status());
  }

  @Test
  void ringSilentMakesModerationUnavailable() throws IOException {
    studio.order(Faults.parse("ring-silent=1"));

    assertEquals(503, moderate("Good night").status());
    assertEquals(200, moderate("Good night").status());
  }

  @Test
  void aPictureIsRefusedByTheSafetySystem() throws IOException {
    studio.order(Faults.parse("refusal@images=1"));

    Answer refused = picture();

    assertEquals(400, refused.status());
    assertEquals("moderation_blocked", refused.json().at("/error/code").asText());
    assertEquals(200, picture().status());
  }

  @Test
  void aChatIsRefusedByTheUsagePolicy() throws IOException {
    studio.order(Faults.parse("refusal@chat=1"));

    Answer refused = chat("text_check");

    assertEquals(400, refused.status());
    assertEquals("content_policy_violation", refused.json().at("/error/code").asText());
    assertEquals(200, chat("text_check").status());
  }

  @Test
  void aRefusalForEverNeverEnds() throws IOException {
    studio.order(Faults.parse("refusal=forever"));

    for (int i = 0; i < 5; i++) {
      assertEquals(400, chat("text_check").status());
    }
  }

  @Test
  void invalidJsonBreaksTheSchemaOfTheNamedTaskOnly() throws IOException {
    studio.order(Faults.parse("invalid-json@text_check=1"));

    JsonNode other = content(chat("other_task"));
    JsonNode broken = content(chat("text_check"));
    JsonNode whole = content(chat("text_check"));

    assertTrue(other.has("allowed"));
    assertFalse(broken.has("allowed"));
    assertTrue(whole.has("allowed"));
  }

  @Test
  void truncatedOutputIsNoJsonAndSaysSo() throws IOException {
    studio.order(Faults.parse("truncated=1"));

    Answer answer = chat("text_check");

    assertEquals("length", answer.json().at("/choices/0/finish_reason").asText());
    assertEquals(
        Optional.empty(), Json.read(answer.json().at("/choices/0/message/content").asText()));
  }

  @Test
  void wrongHeroIsSeenByThePictureCheckAndTheRepaintIsRight() throws IOException {
    byte[] sheet = edited("A character sheet of the hero", photo());
    studio.order(Faults.parse("wrong-hero=1"));

    byte[] wrong = edited("{{HERO}} stands on a hill at noon", sheet);
    byte[] right = edited("{{HERO}} stands on a hill at noon", sheet);

    assertFalse(check(sheet, wrong).path("sameHero").asBoolean());
    assertTrue(check(sheet, right).path("sameHero").asBoolean());
  }

  @Test
  void unsafePictureIsSaidByThePictureCheckOnce() throws IOException {
    byte[] sheet = edited("A character sheet of the hero", photo());
    studio.order(Faults.parse("unsafe-picture=1"));

    assertFalse(check(sheet, sheet).path("safe").asBoolean());
    assertTrue(check(sheet, sheet).path("safe").asBoolean());
  }

  @Test
  void unsafePictureCanBeOrderedForModeration() throws IOException {
    studio.order(Faults.parse("unsafe-picture@moderations=1"));
    ObjectNode body = Json.object().put("model", "omni-moderation-latest");
    body.putArray("input")
        .addObject()
        .put("type", "image_url")
        .putObject("image_url")
        .put("url", Wire.dataUri(photo()));

    JsonNode first = wire.openAi(studio, "/moderations", body).json().at("/results/0");
    JsonNode second = wire.openAi(studio, "/moderations", body).json().at("/results/0");

    assertTrue(first.path("flagged").asBoolean());
    assertTrue(first.at("/categories/violence~1graphic").asBoolean());
    assertEquals("[\"image\"]", first.at("/category_applied_input_types/violence").toString());
    assertFalse(second.path("flagged").asBoolean());
  }

  @Test
  void aCutConnectionIsCountedButNotAnswered() {
    studio.order(Faults.parse("cut-connection=1"));

    assertThrows(IOException.class, () -> moderate("Good night"));

    Call call = studio.calls().getFirst();
    assertEquals(1, studio.calls().size());
    assertEquals("/v1/moderations", call.path());
    assertEquals(0, call.status());
  }

  @Test
  void aSlowAnswerOutlastsThePatienceOfAClient() {
    studio.order(Faults.parse("slow=1"));
    OkHttpClient impatient = new OkHttpClient.Builder().readTimeout(Duration.ofMillis(50)).build();

    assertThrows(
        SocketTimeoutException.class,
        () ->
            impatient
                .newCall(
                    Wire.openAiRequest(studio, "/moderations")
                        .post(
                            RequestBody.create(
                                moderation("Good night").toString(),
                                MediaType.get("application/json")))
                        .build())
                .execute());
  }

  private Answer moderate(String text) throws IOException {
    return wire.openAi(studio, "/moderations", moderation(text));
  }

  private static ObjectNode moderation(String text) {
    return Json.object().put("model", "omni-moderation-latest").put("input", text);
  }

  private Answer picture() throws IOException {
    return wire.openAi(
        studio,
        "/images/generations",
        Json.object()
            .put("model", "gpt-image-2.5-flare")
            .put("prompt", "A quiet meadow")
            .put("size", "1024x1024"));
  }

  private Answer chat(String task) throws IOException {
    return wire.openAi(studio, "/chat/completions", chatBody(task));
  }

  private JsonNode check(byte[] sheet, byte[] picture) throws IOException {
    ObjectNode body = chatBody("picture_check");
    ArrayNode parts =
        body.withArrayProperty("messages").addObject().put("role", "user").putArray("content");
    parts.addObject().put("type", "text").put("text", "{}");
    for (byte[] each : new byte[][] {sheet, picture}) {
      parts
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put("url", Wire.dataUri(each));
    }
    return content(wire.openAi(studio, "/chat/completions", body));
  }

  private static ObjectNode chatBody(String task) {
    ObjectNode body = Json.object().put("model", "gpt-6-luna");
    body.putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", "{\"text\":\"The owl drank tea\"}");
    ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (String name :
        task.equals("picture_check")
            ? new String[] {"sameHero", "safe"}
            : new String[] {"allowed"}) {
      properties.putObject(name).put("type", "boolean");
      required.add(name);
    }
    body.putObject("response_format")
        .put("type", "json_schema")
        .putObject("json_schema")
        .put("name", task)
        .put("strict", true)
        .set("schema", schema);
    return body;
  }

  private static JsonNode content(Answer answer) {
    return Json.read(answer.json().at("/choices/0/message/content").asText()).orElseThrow();
  }

  private byte[] edited(String prompt, byte[] reference) throws IOException {
    MultipartBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("model", "gpt-image-2.5-flare")
            .addFormDataPart("prompt", prompt)
            .addFormDataPart("size", "1024x1024")
            .addFormDataPart(
                "image[]",
                "reference.png",
                RequestBody.create(reference, MediaType.get("image/png")))
            .build();
    return Base64.getDecoder()
        .decode(
            wire.openAiForm(studio, "/images/edits", form).json().at("/data/0/b64_json").asText());
  }

  private static byte[] photo() throws IOException {
    return Wire.png(Wire.photo(new Color(0xb8481f), new Color(0xf5cfb2), new Color(0x2f8a8a)));
  }
}
