package app.infinitestories.ai;

import app.infinitestories.platform.Redacted;
import app.infinitestories.platform.config.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything about the paid providers that may change without a new release: where they are, which
 * models do the work, what they cost, how long a call may take.
 */
public record AiConfig(
    Endpoint openai,
    Endpoint runway,
    ModelChoice story,
    ModelChoice picture,
    ModelChoice moderation,
    ModelChoice speech,
    ModelChoice transcription,
    ModelChoice wordTiming,
    ModelChoice video,
    PictureFormat pictureFormat,
    TimeLimits timeLimits,
    PriceTable prices) {

  /** Where a provider is and the key it wants. */
  public record Endpoint(URI baseUrl, Redacted<String> key) {}

  /**
   * How pictures are ordered.
   *
   * @param size width x height in pixels
   * @param quality low, medium or high
   */
  public record PictureFormat(String size, String quality) {
    private static final Set<String> SIZES = Set.of("1024x1024", "1536x1024", "1024x1536");
    private static final Set<String> QUALITIES = Set.of("low", "medium", "high");
  }

  /** How long a call may take, from the first byte sent to the last one read. */
  public record TimeLimits(
      Duration story, Duration picture, Duration moderation, Duration sound, Duration video) {}

  public static AiConfig from(Environment env) {
    PriceTable prices = prices(env);
    var config =
        new AiConfig(
            new Endpoint(
                env.url("OPENAI_BASE_URL", "https://api.openai.com/v1", "address of OpenAI's API"),
                env.secret("OPENAI_API_KEY", "key for OpenAI's API")),
            new Endpoint(
                env.url(
                    "RUNWAY_BASE_URL", "https://api.dev.runwayml.com", "address of Runway's API"),
                env.secret("RUNWAY_API_KEY", "key for Runway's API")),
            ModelChoice.from(env, "STORY_MODEL", "gpt-6-luna", "gpt-6-sol", "stories and checks"),
            ModelChoice.from(
                env, "PICTURE_MODEL", "gpt-image-2.5-flare", "gpt-image-2", "pictures"),
            ModelChoice.from(
                env, "MODERATION_MODEL", "omni-moderation-latest", "none", "moderation"),
            ModelChoice.from(
                env, "SPEECH_MODEL", "gpt-4o-mini-tts-2025-12-15", "gpt-audio-mini", "narration"),
            ModelChoice.from(
                env, "TRANSCRIPTION_MODEL", "gpt-transcribe", "whisper-1", "transcription"),
            ModelChoice.from(env, "WORD_TIMING_MODEL", "whisper-1", "none", "times of words"),
            ModelChoice.from(env, "VIDEO_MODEL", "gen4_turbo", "gen4.5", "clips"),
            pictureFormat(env),
            new TimeLimits(
                env.seconds("STORY_TIMEOUT_SECONDS", 120, "limit of one call for a story or check"),
                env.seconds("PICTURE_TIMEOUT_SECONDS", 240, "limit of one call for a picture"),
                env.seconds("MODERATION_TIMEOUT_SECONDS", 30, "limit of one moderation"),
                env.seconds("SOUND_TIMEOUT_SECONDS", 120, "limit of one narration"),
                env.seconds("VIDEO_TIMEOUT_SECONDS", 60, "limit of one call about a clip")),
            prices);
    for (String model : config.models()) {
      if (!prices.knows(model)) {
        env.problem("AI_PRICES does not price the model " + model);
      }
    }
    return config;
  }

  /** Every model that may be asked, fallbacks included: what the sunset guard looks at. */
  public Set<String> models() {
    Set<String> models = new LinkedHashSet<>();
    Stream.of(story, picture, moderation, speech, transcription, wordTiming, video)
        .map(ModelChoice::ids)
        .forEach(models::addAll);
    return models;
  }

  private static PictureFormat pictureFormat(Environment env) {
    return new PictureFormat(
        oneOf(env, "PICTURE_SIZE", "1536x1024", PictureFormat.SIZES, "width x height of pictures"),
        oneOf(env, "PICTURE_QUALITY", "medium", PictureFormat.QUALITIES, "quality of pictures"));
  }

  private static String oneOf(
      Environment env, String name, String fallback, Set<String> allowed, String description) {
    List<String> sorted = allowed.stream().sorted().toList();
    String value = env.text(name, fallback, description + ", one of " + sorted);
    if (!allowed.contains(value)) {
      env.problem(name + " is \"" + value + "\": must be one of " + sorted);
      return fallback;
    }
    return value;
  }

  private static PriceTable prices(Environment env) {
    Optional<String> changes =
        env.optional("AI_PRICES", "JSON in the shape of prices.json; replaces single prices");
    try {
      return changes.map(PriceTable::published).orElseGet(PriceTable::published);
    } catch (IllegalArgumentException e) {
      env.problem("AI_PRICES: " + e.getMessage());
      return PriceTable.published();
    }
  }
}
