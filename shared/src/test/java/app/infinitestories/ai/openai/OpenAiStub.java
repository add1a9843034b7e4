package app.infinitestories.ai.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.AiConfigs;
import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A server in OpenAI's place that answers what a test tells it to, and keeps what it was asked. */
final class OpenAiStub implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private final AiConfig config;
  private final OpenAi openai;

  OpenAiStub(String... settings) {
    server.start();
    config = AiConfigs.at(server.baseUrl() + "/v1", server.baseUrl(), settings);
    openai = new OpenAi(config.openai(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  AiConfig config() {
    return config;
  }

  OpenAi openai() {
    return openai;
  }

  WireMockServer server() {
    return server;
  }

  void answers(ResponseDefinitionBuilder response) {
    server.stubFor(WireMock.any(anyUrl()).willReturn(response));
  }

  void chatAnswers(String content) {
    answers(okJson(completion("stop", content, null)));
  }

  /** Answers one model of a chat in its own way. */
  void chatAnswers(String model, ResponseDefinitionBuilder response) {
    server.stubFor(
        post(urlPathEqualTo("/v1/chat/completions"))
            .withRequestBody(WireMock.matchingJsonPath("$.model", WireMock.equalTo(model)))
            .willReturn(response));
  }

  static ResponseDefinitionBuilder error(int status, String type, String code) {
    ObjectNode error = Json.mapper().createObjectNode();
    error
        .putObject("error")
        .put("message", "words that may quote the prompt: Mathilda")
        .put("type", type)
        .put("code", code)
        .putNull("param");
    return WireMock.jsonResponse(Json.write(error), status);
  }

  static String completion(
      String finish,
      @org.jspecify.annotations.Nullable String content,
      @org.jspecify.annotations.Nullable String refusal) {
    ObjectNode answer =
        Json.mapper()
            .createObjectNode()
            .put("id", "chatcmpl-1")
            .put("object", "chat.completion")
            .put("created", 1_780_000_000L)
            .put("model", "gpt-6-luna");
    ObjectNode choice = answer.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", finish).putNull("logprobs");
    choice
        .putObject("message")
        .put("role", "assistant")
        .put("content", content)
        .put("refusal", refusal);
    ObjectNode usage =
        answer
            .putObject("usage")
            .put("prompt_tokens", 1_400)
            .put("completion_tokens", 2_000)
            .put("total_tokens", 3_400);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 400);
    return Json.write(answer);
  }

  List<String> bodies() {
    return server.getAllServeEvents().reversed().stream()
        .map(event -> event.getRequest().getBodyAsString())
        .toList();
  }

  JsonNode onlyBody() {
    List<String> bodies = bodies();
    if (bodies.size() != 1) {
      throw new AssertionError(bodies.size() + " requests instead of one");
    }
    return Json.parse(bodies.getFirst());
  }

  @Override
  public void close() {
    openai.close();
    server.stop();
  }
}
