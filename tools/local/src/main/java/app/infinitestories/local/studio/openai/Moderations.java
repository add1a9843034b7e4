package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Endpoint;
import app.infinitestories.local.studio.Fault;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.Seeds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code POST /v1/moderations}: text and pictures against the provider's categories. */
final class Moderations {
  private static final List<String> CATEGORIES =
      List.of(
          "harassment",
          "harassment/threatening",
          "hate",
          "hate/threatening",
          "illicit",
          "illicit/violent",
          "self-harm",
          "self-harm/instructions",
          "self-harm/intent",
          "sexual",
          "sexual/minors",
          "violence",
          "violence/graphic");

  /** Pictures are scored for these only. */
  private static final Set<String> OF_PICTURES =
      Set.of(
          "self-harm",
          "self-harm/instructions",
          "self-harm/intent",
          "sexual",
          "violence",
          "violence/graphic");

  private record Item(String text, boolean picture, boolean unsafePicture) {}

  private final Desk desk;
  private final Models models;

  Moderations(Desk desk, Models models) {
    this.desk = desk;
    this.models = models;
  }

  ObjectNode answer(Request request, Fields fields, Runnable generalFaults) {
    fields.only(Set.of("input", "model"));
    String model = fields.optionalText("model", 200).orElse("omni-moderation-latest");
    request.concerns(model, null);
    models.require(model, Set.of(Models.Use.MODERATION));
    List<List<Item>> inputs = inputs(fields.required("input"));
    generalFaults.run();
    if (desk.strikes(Fault.RING_SILENT, Endpoint.MODERATIONS)) {
      throw OpenAiError.overloaded();
    }
    ArrayNode results = Json.array();
    inputs.forEach(items -> results.add(result(items)));
    return Json.object()
        .put("id", "modr-" + Long.toHexString(Seeds.of(desk.seed(), inputs.toString())))
        .put("model", model)
        .set("results", results);
  }

  /** A text; several texts, each with a result of its own; or parts of one input. */
  private List<List<Item>> inputs(JsonNode input) {
    if (input.isTextual()) {
      return List.of(List.of(new Item(input.textValue(), false, false)));
    }
    if (!input.isArray() || input.isEmpty()) {
      throw OpenAiError.wrongType("input", "a string or an array", Fields.described(input));
    }
    List<Item> items = new ArrayList<>();
    boolean parts = input.get(0).isObject();
    for (int i = 0; i < input.size(); i++) {
      JsonNode each = input.get(i);
      String path = "input[%d]".formatted(i);
      if (parts) {
        items.add(part(Fields.at(each, path)));
      } else if (each.isTextual()) {
        items.add(new Item(each.textValue(), false, false));
      } else {
        throw OpenAiError.wrongType(path, "a string", Fields.described(each));
      }
    }
    return parts ? List.of(items) : items.stream().map(List::of).toList();
  }

  private Item part(Fields part) {
    part.only(Set.of("type", "text", "image_url"));
    if (!part.has("type")) {
      throw OpenAiError.missing(part.path("type"));
    }
    if (part.choice("type", List.of("text", "image_url")).orElseThrow().equals("text")) {
      return new Item(part.text("text", 1_000_000), false, false);
    }
    Fields image = part.inside("image_url");
    image.only(Set.of("url"));
    ImageUrls.decode(image, "url");
    return new Item("", true, desk.strikes(Fault.UNSAFE_PICTURE, Endpoint.MODERATIONS));
  }

  private ObjectNode result(List<Item> items) {
    ObjectNode categories = Json.object();
    ObjectNode scores = Json.object();
    ObjectNode types = Json.object();
    boolean flagged = false;
    boolean text = items.stream().anyMatch(item -> !item.picture());
    boolean picture = items.stream().anyMatch(Item::picture);
    for (String category : CATEGORIES) {
      boolean hit = items.stream().anyMatch(item -> hits(category, item));
      flagged |= hit;
      categories.put(category, hit);
      scores.put(category, hit ? 0.91 : 0.00012);
      ArrayNode applied = types.putArray(category);
      if (text) {
        applied.add("text");
      }
      if (picture && OF_PICTURES.contains(category)) {
        applied.add("image");
      }
    }
    ObjectNode result = Json.object().put("flagged", flagged);
    result.set("categories", categories);
    result.set("category_scores", scores);
    result.set("category_applied_input_types", types);
    return result;
  }

  private static boolean hits(String category, Item item) {
    return item.picture()
        ? item.unsafePicture() && category.equals("violence/graphic")
        : TextPolicy.breaches(category, item.text());
  }
}
