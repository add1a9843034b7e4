package app.infinitestories.ai.openai;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.ModelSwitch;
import app.infinitestories.ai.PriceTable;
import app.infinitestories.ai.Transcriber;
import app.infinitestories.ai.Transcript;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import com.openai.core.MultipartField;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.audio.transcriptions.TranscriptionWord;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes down recordings; times of words come from the one model that gives them. */
public final class OpenAiTranscriber implements Transcriber {
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "audio/wav", "wav",
          "audio/x-wav", "wav",
          "audio/mpeg", "mp3",
          "audio/mp4", "m4a",
          "audio/aac", "m4a",
          "audio/ogg", "ogg",
          "audio/webm", "webm",
          "audio/flac", "flac");

  private final OpenAi openai;
  private final ModelSwitch plain;
  private final ModelSwitch timed;
  private final PriceTable prices;
  private final Duration limit;

  public OpenAiTranscriber(OpenAi openai, AiConfig config) {
    this.openai = openai;
    this.plain = new ModelSwitch(config.transcription());
    this.timed = new ModelSwitch(config.wordTiming());
    this.prices = config.prices();
    this.limit = config.timeLimits().sound();
  }

  @Override
  public Answer<Transcript> text(Media sound, String language, Duration length)
      throws ProviderException {
    return plain.ask(id ->
        openai.ask(
            id,
            limit,
            (client, options) -> {
              var request = request(id, sound, language).responseFormat(AudioResponseFormat.JSON);
              var response = client.audio().transcriptions().create(request.build(), options);
              return OpenAi.read(
                  id, charge(id, length), () -> new Transcript(spoken(id, response), List.of()));
            }));
  }

  @Override
  public Answer<Transcript> words(Media sound, String language, Duration length)
      throws ProviderException {
    return timed.ask(id ->
        openai.ask(
            id,
            limit,
            (client, options) -> {
              var request =
                  request(id, sound, language)
                      .responseFormat(AudioResponseFormat.VERBOSE_JSON)
                      .addTimestampGranularity(TranscriptionCreateParams.TimestampGranularity.WORD);
              var response = client.audio().transcriptions().create(request.build(), options);
              return OpenAi.read(id, charge(id, length), () -> timed(id, response));
            }));
  }

  @Override
  public PaidCall estimate(Duration length) {
    String id = plain.current();
    BigDecimal usd = prices.sound(id, length).max(prices.sound(timed.current(), length));
    return new PaidCall(OpenAi.PROVIDER, id, usd);
  }

  private static TranscriptionCreateParams.Builder request(
      String id, Media sound, String language) {
    String extension = EXTENSIONS.getOrDefault(sound.mimeType(), "wav");
    return TranscriptionCreateParams.builder()
        .model(id)
        .language(language)
        .file(
            MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(sound.bytes()))
                .filename("sound." + extension)
                .contentType(sound.mimeType())
                .build());
  }

  private static Transcript timed(String id, TranscriptionCreateResponse response)
      throws ProviderException {
    var words =
        response
            .verbose()
            .flatMap(verbose -> verbose.words())
            .orElseThrow(() -> bad(id, "no times of words"));
    return new Transcript(
        spoken(id, response), words.stream().map(OpenAiTranscriber::word).toList());
  }

  private static String spoken(String id, TranscriptionCreateResponse response)
      throws ProviderException {
    return response
        .verbose()
        .map(verbose -> verbose.text())
        .or(() -> response.transcription().map(each -> each.text()))
        .orElseThrow(() -> bad(id, "no text"));
  }

  private static Transcript.Word word(TranscriptionWord word) {
    return new Transcript.Word(
        word.word(), millis(word.start()), millis(Math.max(word.start(), word.end())));
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private Charge charge(String id, Duration length) {
    BigDecimal seconds =
        BigDecimal.valueOf(length.toMillis())
            .divide(new BigDecimal(1_000), 3, RoundingMode.UNNECESSARY);
    return new Charge(
        OpenAi.PROVIDER, id, "transcription", "seconds", seconds, prices.sound(id, length));
  }

  private static ProviderException.BadAnswer bad(String id, String what) {
    return new ProviderException.BadAnswer(OpenAi.PROVIDER, id, what, null);
  }
}
