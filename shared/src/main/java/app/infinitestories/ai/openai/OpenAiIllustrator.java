package app.infinitestories.ai.openai;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.Illustrator;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.ModelSwitch;
import app.infinitestories.ai.PriceTable;
import app.infinitestories.ai.Reference;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import com.openai.core.MultipartField;
import com.openai.models.images.Image;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws with OpenAI's picture models: likeness comes from reference pictures. */
public final class OpenAiIllustrator implements Illustrator {
  /** Sixteen references is the provider's limit. */
  private static final int MAX_REFERENCES = 16;

  private static final int MAX_PROMPT_TOKENS = 1_500;

  /** A picture that goes in, at the provider's highest fidelity. */
  private static final int REFERENCE_TOKENS = 1_800;

  private static final String STYLE =
      "Style: warm hand-painted picture book, soft light, rich but gentle colours, clean shapes. "
          + "No lettering, no signature, no frame.";

  private final OpenAi openai;
  private final ModelSwitch model;
  private final PriceTable prices;
  private final AiConfig.PictureFormat format;
  private final Duration limit;

  public OpenAiIllustrator(OpenAi openai, AiConfig config) {
    this.openai = openai;
    this.model = new ModelSwitch(config.picture());
    this.prices = config.prices();
    this.format = config.pictureFormat();
    this.limit = config.timeLimits().picture();
  }

  @Override
  public Answer<Media> heroSheet(@Nullable Media photo, String description, long seed)
      throws ProviderException {
    String prompt = sheetPrompt(photo != null, description, seed);
    return photo == null ? generate(prompt) : edit(prompt, List.of(photo));
  }

  @Override
  public Answer<Media> paint(String prompt, List<Reference> references) throws ProviderException {
    if (references.isEmpty() || references.size() > MAX_REFERENCES) {
      throw new IllegalArgumentException(
          "a picture takes 1 to " + MAX_REFERENCES + " references, not " + references.size());
    }
    StringBuilder full = new StringBuilder(prompt.strip()).append("\n\n");
    for (int i = 0; i < references.size(); i++) {
      full.append("Reference ").append(i + 1).append(": ").append(use(references.get(i)));
    }
    full.append(STYLE);
    return edit(full.toString(), references.stream().map(Reference::picture).toList());
  }

  @Override
  public PaidCall estimate(int references) {
    String id = model.current();
    BigDecimal usd = prices.tokens(id, most(references));
    return new PaidCall(OpenAi.PROVIDER, id, usd);
  }

  private static String use(Reference reference) {
    return switch (reference.role()) {
      case HERO_SHEET ->
          "the character sheet of the hero child. Keep face, hair, skin tone, clothes and colours"
              + " exactly; draw the hero once, not the sheet.\n";
      case PREVIOUS_PICTURE ->
          "the picture before. Keep its way of painting and the look of the companions; the place"
              + " and light follow the description above.\n";
    };
  }

  private static String sheetPrompt(boolean photo, String description, long seed) {
    StringBuilder prompt =
        new StringBuilder("A character sheet of one child, the hero of a book: ");
    prompt.append(
        "full body from the front, from the side and from the back, and the face with a ");
    prompt.append("smile, a laugh and a look of wonder, all on a plain cream background.\n");
    if (photo) {
      prompt.append("Turn the child of the photo into a drawn figure: keep the hair, the eyes, ");
      prompt.append("the skin tone and the clothes' colours. Leave out everything else.\n");
    }
    if (!description.isBlank()) {
      prompt.append("The look in words: ").append(description.strip()).append('\n');
    }
    // The API takes no seed; naming a take is what makes another attempt come out differently.
    return prompt.append("Take ").append(seed).append(".\n").append(STYLE).toString();
  }

  private Answer<Media> generate(String prompt) throws ProviderException {
    return model.ask(id ->
        openai.ask(
            id,
            limit,
            (client, options) ->
                answer(
                    id,
                    0,
                    client
                        .images()
                        .generate(
                            ImageGenerateParams.builder()
                                .model(id)
                                .prompt(prompt)
                                .size(format.size())
                                .quality(ImageGenerateParams.Quality.of(format.quality()))
                                .outputFormat(ImageGenerateParams.OutputFormat.PNG)
                                .n(1)
                                .build(),
                            options))));
  }

  private Answer<Media> edit(String prompt, List<Media> pictures) throws ProviderException {
    return model.ask(id ->
        openai.ask(
            id,
            limit,
            (client, options) ->
                answer(
                    id,
                    pictures.size(),
                    client
                        .images()
                        .edit(
                            ImageEditParams.builder()
                                .model(id)
                                .image(files(pictures))
                                .prompt(prompt)
                                .size(ImageEditParams.Size.of(format.size()))
                                .quality(ImageEditParams.Quality.of(format.quality()))
                                .outputFormat(ImageEditParams.OutputFormat.PNG)
                                .n(1)
                                .build(),
                            options))));
  }

  private static MultipartField<ImageEditParams.Image> files(List<Media> pictures) {
    List<InputStream> streams =
        pictures.stream()
            .map(picture -> (InputStream) new ByteArrayInputStream(picture.bytes()))
            .toList();
    ImageEditParams.Image value =
        streams.size() == 1
            ? ImageEditParams.Image.ofInputStream(streams.getFirst())
            : ImageEditParams.Image.ofInputStreams(streams);
    // Without a file name and a type the API takes the part for text and refuses it.
    return MultipartField.<ImageEditParams.Image>builder()
        .value(value)
        .filename("reference.png")
        .contentType("image/png")
        .build();
  }

  private Answer<Media> answer(String id, int references, ImagesResponse response)
      throws ProviderException {
    return OpenAi.read(id, charge(id, references, response), () -> picture(id, response));
  }

  private static Media picture(String id, ImagesResponse response) throws ProviderException {
    List<Image> images = response.data().orElse(List.of());
    String base64 =
        images.stream()
            .findFirst()
            .flatMap(Image::b64Json)
            .orElseThrow(() -> bad(id, "no picture"));
    byte[] png;
    try {
      png = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw bad(id, "not base64");
    }
    if (!Pngs.decodes(png)) {
      throw bad(id, "the picture does not decode");
    }
    return Media.png(png);
  }

  /** The specification leaves the usage optional; without it the most that it can be is booked. */
  private Charge charge(String id, int references, ImagesResponse response) {
    var tokens = response.usage().map(OpenAiIllustrator::tokens).orElse(most(references));
    return new Charge(
        OpenAi.PROVIDER,
        id,
        "image_generation",
        "tokens",
        BigDecimal.valueOf(tokens.total()),
        prices.tokens(id, tokens));
  }

  private static PriceTable.Tokens tokens(ImagesResponse.Usage usage) {
    return PriceTable.Tokens.picture(
        usage.inputTokensDetails().textTokens(),
        usage.inputTokensDetails().imageTokens(),
        usage.outputTokens());
  }

  private PriceTable.Tokens most(int references) {
    return PriceTable.Tokens.picture(
        MAX_PROMPT_TOKENS, (long) REFERENCE_TOKENS * references, outputTokens());
  }

  /** What the largest size takes: a little above the provider's own figures for 1536 x 1024. */
  private int outputTokens() {
    return switch (format.quality()) {
      case "low" -> 450;
      case "medium" -> 1_600;
      default -> 6_300;
    };
  }

  private static ProviderException.BadAnswer bad(String id, String what) {
    return new ProviderException.BadAnswer(OpenAi.PROVIDER, id, what, null);
  }
}
