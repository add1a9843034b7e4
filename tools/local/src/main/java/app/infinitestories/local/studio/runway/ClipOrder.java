package app.infinitestories.local.studio.runway;

import app.infinitestories.local.studio.runway.RunwayError.Issue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A valid order of a clip.
 *
 * @param image data URI, HTTPS address or {@code runway://} upload of the first frame
 * @param width in pixels
 * @param height in pixels
 */
record ClipOrder(
    String model, String image, String prompt, int width, int height, int seconds, long seed) {
  private static final Set<String> KNOWN =
      Set.of(
          "model", "promptImage", "promptText", "ratio", "duration", "seed", "contentModeration");
  private static final Map<String, Integer> CREDITS_PER_SECOND =
      Map.of("gen4_turbo", 5, "gen4.5", 12, "veo3.1", 40, "veo3.1_fast", 15);
  private static final Set<String> GEN4_RATIOS =
      Set.of("1280:720", "720:1280", "1104:832", "832:1104", "960:960", "1584:672");
  private static final Set<String> VEO_RATIOS =
      Set.of("1280:720", "720:1280", "1080:1920", "1920:1080");
  private static final int MAX_PROMPT = 1_000;
  private static final long MAX_SEED = 4_294_967_295L;

  /** What the clip costs; a credit is 0.01 USD. */
  int credits() {
    return seconds * CREDITS_PER_SECOND.getOrDefault(model, 0);
  }

  /** Reads an order; every breach is an issue of one 400, as the provider reports them. */
  static ClipOrder read(JsonNode body) {
    List<Issue> issues = new ArrayList<>();
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KNOWN.contains(name)) {
        issues.add(
            new Issue(
                "unrecognized_keys", "", "Unrecognized key(s) in object: '%s'".formatted(name)));
      }
    }
    String model = text(body, "model", issues);
    if (!model.isEmpty() && !CREDITS_PER_SECOND.containsKey(model)) {
      issues.add(
          new Issue(
              "invalid_enum_value",
              "model",
              "Invalid enum value. Expected one of %s, received '%s'"
                  .formatted(CREDITS_PER_SECOND.keySet().stream().sorted().toList(), model)));
    }
    boolean veo = model.startsWith("veo");
    String prompt = body.has("promptText") ? text(body, "promptText", issues) : "";
    if (prompt.length() > MAX_PROMPT) {
      issues.add(
          new Issue("too_big", "promptText", "String must contain at most 1000 character(s)"));
    }
    String image = image(body, issues);
    int seconds = seconds(body, veo, issues);
    long seed = number(body, "seed", 0, 0, MAX_SEED, issues);
    int[] size = size(body, veo ? VEO_RATIOS : GEN4_RATIOS, issues);
    if (!issues.isEmpty()) {
      throw RunwayError.invalid(issues);
    }
    return new ClipOrder(model, image, prompt, size[0], size[1], seconds, seed);
  }

  /** A string, or the one-element list that the provider takes instead. */
  private static String image(JsonNode body, List<Issue> issues) {
    JsonNode image = body.path("promptImage");
    if (!image.isArray()) {
      return text(body, "promptImage", issues);
    }
    if (image.size() != 1 || !image.get(0).path("position").asText().equals("first")) {
      issues.add(
          new Issue("invalid_union", "promptImage", "Expected one image with position 'first'"));
      return "";
    }
    return text(image.get(0), "uri", issues);
  }

  private static int seconds(JsonNode body, boolean veo, List<Issue> issues) {
    int seconds = (int) number(body, "duration", veo ? 8 : 10, 2, 10, issues);
    if (veo && !Set.of(4, 6, 8).contains(seconds)) {
      issues.add(
          new Issue("invalid_enum_value", "duration", "Expected one of 4, 6, 8 for this model"));
    }
    return seconds;
  }

  private static int[] size(JsonNode body, Set<String> ratios, List<Issue> issues) {
    String ratio = text(body, "ratio", issues);
    if (ratio.isEmpty()) {
      return new int[2];
    }
    if (!ratios.contains(ratio)) {
      issues.add(
          new Issue(
              "invalid_enum_value",
              "ratio",
              "Invalid enum value. Expected one of %s, received '%s'"
                  .formatted(ratios.stream().sorted().toList(), ratio)));
      return new int[2];
    }
    int colon = ratio.indexOf(':');
    return new int[] {
      Integer.parseInt(ratio.substring(0, colon)), Integer.parseInt(ratio.substring(colon + 1))
    };
  }

  private static String text(JsonNode body, String name, List<Issue> issues) {
    JsonNode value = body.path(name);
    if (value.isTextual() && !value.textValue().isEmpty()) {
      return value.textValue();
    }
    issues.add(
        new Issue("invalid_type", name, value.isMissingNode() ? "Required" : "Expected a string"));
    return "";
  }

  private static long number(
      JsonNode body, String name, long absent, long min, long max, List<Issue> issues) {
    JsonNode value = body.path(name);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isIntegralNumber()) {
      issues.add(new Issue("invalid_type", name, "Expected integer"));
      return absent;
    }
    if (value.longValue() < min || value.longValue() > max) {
      issues.add(
          new Issue(
              value.longValue() < min ? "too_small" : "too_big",
              name,
              "Number must be between %d and %d".formatted(min, max)));
      return absent;
    }
    return value.longValue();
  }
}
