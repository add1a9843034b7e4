package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Endpoint;
import app.infinitestories.local.studio.Fault;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.Seeds;
import app.infinitestories.local.studio.picture.HeroLook;
import app.infinitestories.local.studio.picture.PictureBook;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/images/generations} and {@code /v1/images/edits} for the gpt-image models. */
final class Images {
  private static final Set<String> COMMON =
      Set.of(
          "prompt",
          "model",
          "n",
          "size",
          "quality",
          "background",
          "output_format",
          "output_compression",
          "partial_images",
          "stream",
          "user",
          "safety_identifier",
          "complexity");
  private static final Set<String> GENERATE = with(COMMON, "moderation");
  private static final Set<String> EDIT = with(COMMON, "input_fidelity", "mask");
  private static final Set<String> FILES = Set.of("image", "image[]", "mask");
  private static final int MAX_PROMPT = 32_000;
  private static final int MAX_REFERENCES = 16;

  private record Order(
      String model, String prompt, int n, int width, int height, String quality, String format) {}

  private final Desk desk;
  private final Models models;
  private final EmptyPages emptyPages;

  Images(Desk desk, Models models, EmptyPages emptyPages) {
    this.desk = desk;
    this.models = models;
    this.emptyPages = emptyPages;
  }

  ObjectNode generate(Request request, Fields fields, Runnable generalFaults) {
    fields.only(GENERATE);
    Order order = order(request, fields);
    fields.choice("moderation", List.of("auto", "low"));
    refuseIfOrdered(order, generalFaults);
    PicturePrompt wanted = PicturePrompt.read(order.prompt());
    HeroLook look = wanted.namesHero() ? PictureBook.lookFromText(wanted.look()) : null;
    return response(order, wanted, look, List.of());
  }

  ObjectNode edit(Request request, Form form, Runnable generalFaults) {
    Fields fields = Fields.ofForm(form.fields(FILES));
    fields.only(EDIT);
    Order order = order(request, fields);
    checkFidelity(fields, order.model());
    List<Form.Part> files = form.files(Set.of("image", "image[]"));
    if (files.isEmpty()) {
      throw OpenAiError.missing("image");
    }
    if (files.size() > MAX_REFERENCES) {
      throw OpenAiError.invalid(
          "image",
          "array_above_max_length",
          "Invalid 'image': array too long. Expected an array with maximum length 16, but got an array with length %d instead."
              .formatted(files.size()));
    }
    List<BufferedImage> references = files.stream().map(Images::reference).toList();
    refuseIfOrdered(order, generalFaults);
    PicturePrompt wanted = PicturePrompt.read(order.prompt());
    HeroLook look = wanted.hasHero() ? Looks.of(references.getFirst()) : null;
    return response(order, wanted, look, references);
  }

  private Order order(Request request, Fields fields) {
    String prompt = fields.text("prompt", MAX_PROMPT);
    String model = fields.text("model", 200);
    request.concerns(model, null);
    models.require(model, Set.of(Models.Use.PICTURE));
    boolean second = model.startsWith("gpt-image-2");
    List<String> qualities = new ArrayList<>(List.of("low", "medium", "high", "auto"));
    if (second && !model.equals("gpt-image-2")) {
      qualities.addAll(List.of("xhigh", "max"));
    }
    String quality = fields.choice("quality", qualities).orElse("auto");
    String background =
        fields.choice("background", List.of("transparent", "opaque", "auto")).orElse("auto");
    String format = fields.choice("output_format", List.of("png", "jpeg", "webp")).orElse("png");
    if (format.equals("webp")) {
      fields.notOffline("output_format", "WebP");
    }
    if (background.equals("transparent")) {
      fields.notOffline("background", "transparent pictures");
    }
    fields.integer("output_compression", 0, 100);
    fields.optionalText("user", 1_000);
    fields.optionalText("safety_identifier", 64);
    fields.notOffline("stream", "streaming");
    fields.notOffline("partial_images", "partial pictures");
    int n = Math.toIntExact(fields.integer("n", 1, 10).orElse(1));
    int[] size = size(fields.optionalText("size", 20).orElse("auto"), second);
    return new Order(model, prompt, n, size[0], size[1], quality, format);
  }

  private static int[] size(String size, boolean custom) {
    List<String> fixed = List.of("1024x1024", "1536x1024", "1024x1536", "auto");
    if (size.equals("auto")) {
      return new int[] {1536, 1024};
    }
    if (!fixed.contains(size) && !(custom && size.matches("\\d{3,4}x\\d{3,4}"))) {
      throw OpenAiError.wrongValue("size", size, fixed);
    }
    int x = size.indexOf('x');
    int width = Integer.parseInt(size.substring(0, x));
    int height = Integer.parseInt(size.substring(x + 1));
    int longer = Math.max(width, height);
    int shorter = Math.min(width, height);
    int pixels = width * height;
    if (width % 16 != 0
        || height % 16 != 0
        || longer > 3840
        || longer > 3 * shorter
        || pixels < 655_360
        || pixels > 8_294_400) {
      throw OpenAiError.invalid(
          "size",
          "invalid_value",
          "Invalid size '%s': both edges must be multiples of 16, at most 3840, within 3:1, and 655360 to 8294400 pixels in all."
              .formatted(size));
    }
    return new int[] {width, height};
  }

  /** The parameter exists for the first generation and not for gpt-image-2, which has it always. */
  private static void checkFidelity(Fields fields, String model) {
    fields
        .choice("input_fidelity", List.of("low", "high"))
        .ifPresent(fidelity -> {
          boolean mini = model.equals("gpt-image-1-mini") && fidelity.equals("high");
          if (mini || model.equals("gpt-image-2")) {
            throw OpenAiError.unsupportedParameter(
                "input_fidelity",
                "The model '%s' does not support the 'input_fidelity' parameter.".formatted(model));
          }
        });
  }

  private static BufferedImage reference(Form.Part part) {
    if (part.fileName() == null) {
      throw OpenAiError.wrongType("image", "a file", "a string");
    }
    String type = part.contentType() == null ? "" : part.contentType().toLowerCase(Locale.ROOT);
    if (!Set.of("image/png", "image/jpeg", "image/webp").contains(type)) {
      throw OpenAiError.invalid(
          "image",
          "unsupported_file_mimetype",
          "Invalid file 'image': unsupported mimetype ('%s'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'."
              .formatted(type));
    }
    return Pictures.decode(part.bytes())
        .orElseThrow(() ->
            OpenAiError.invalid(
                "image", "invalid_image_file", "Invalid image file or mode for image."));
  }

  private void refuseIfOrdered(Order order, Runnable generalFaults) {
    generalFaults.run();
    if (desk.strikes(Fault.REFUSAL, Endpoint.IMAGES)
        || TextPolicy.breach(order.prompt()).isPresent()) {
      throw OpenAiError.pictureRefused();
    }
  }

  private ObjectNode response(
      Order order, PicturePrompt wanted, @Nullable HeroLook look, List<BufferedImage> references) {
    ArrayNode data = Json.array();
    for (int i = 0; i < order.n(); i++) {
      long seed = Seeds.of(desk.seed(), order.prompt(), Integer.toString(i));
      byte[] bytes = Pictures.encode(drawn(order, wanted, look, seed), order.format());
      data.add(Json.object().put("b64_json", Base64.getEncoder().encodeToString(bytes)));
    }
    String quality = order.quality().equals("auto") ? "medium" : order.quality();
    ObjectNode response = Json.object().put("created", desk.clock().instant().getEpochSecond());
    response
        .put("background", "opaque")
        .put("output_format", order.format())
        .put("quality", quality)
        .put("size", order.width() + "x" + order.height());
    response.set("data", data);
    response.set("usage", usage(order, quality, references));
    return response;
  }

  private BufferedImage drawn(
      Order order, PicturePrompt wanted, @Nullable HeroLook look, long seed) {
    if (look == null) {
      BufferedImage page =
          PictureBook.drawScene(wanted.description(), null, seed, order.width(), order.height());
      emptyPages.add(page);
      return page;
    }
    if (wanted.isSheet()) {
      return PictureBook.drawSheet(look, seed, order.width(), order.height());
    }
    HeroLook shown =
        desk.strikes(Fault.WRONG_HERO, Endpoint.IMAGES) ? PictureBook.differing(look) : look;
    return PictureBook.drawScene(wanted.description(), shown, seed, order.width(), order.height());
  }

  private static ObjectNode usage(Order order, String quality, List<BufferedImage> references) {
    int text = Tokens.ofText(order.prompt());
    int pictures =
        references.stream().mapToInt(p -> Tokens.ofPicture(p.getWidth(), p.getHeight())).sum();
    int made = order.n() * Tokens.ofMadePicture(quality, order.width(), order.height());
    ObjectNode usage =
        Json.object()
            .put("total_tokens", text + pictures + made)
            .put("input_tokens", text + pictures)
            .put("output_tokens", made);
    usage.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", pictures);
    usage.putObject("output_tokens_details").put("text_tokens", 0).put("image_tokens", made);
    return usage;
  }

  private static Set<String> with(Set<String> common, String... more) {
    return Stream.concat(common.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }
}
