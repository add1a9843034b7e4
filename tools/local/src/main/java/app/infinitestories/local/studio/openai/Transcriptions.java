package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Reply;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.Seeds;
import app.infinitestories.local.studio.media.AudioCodec;
import app.infinitestories.local.studio.media.Pcm;
import app.infinitestories.local.studio.speech.Language;
import app.infinitestories.local.studio.speech.Memory;
import app.infinitestories.local.studio.speech.Spoken;
import app.infinitestories.local.studio.speech.Spoken.Timed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /v1/audio/transcriptions}: gives back what the studio itself spoke; of any other
 * recording it makes a plausible idea for a story, always the same for the same sound length.
 */
final class Transcriptions {
  private static final int MAX_FILE_BYTES = 25 * 1024 * 1024;
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "language",
          "languages[]",
          "keywords[]",
          "prompt",
          "response_format",
          "temperature",
          "timestamp_granularities[]",
          "include[]",
          "chunking_strategy",
          "stream");
  private static final List<String> TYPES =
      List.of("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm");
  private static final Map<String, String> NAMES =
      Map.of("en", "english", "es", "spanish", "fr", "french", "de", "german", "it", "italian");
  private static final List<String> ENGLISH_IDEAS =
      List.of(
          "I want a story about a little dragon who is afraid of the dark.",
          "Please tell me how we found a boat in the garden and sailed to the moon.",
          "A story where my teddy bear learns to bake a giant cake.");
  private static final Map<String, List<String>> IDEAS =
      Map.of(
          "en",
          ENGLISH_IDEAS,
          "es",
          List.of(
              "Quiero un cuento de un dragón pequeño que tiene miedo de la oscuridad.",
              "Un cuento en el que mi osito aprende a hacer un pastel gigante."),
          "fr",
          List.of(
              "Je voudrais une histoire avec un petit dragon qui a peur du noir.",
              "Une histoire où mon ours en peluche apprend à faire un gâteau géant."),
          "de",
          List.of(
              "Ich möchte eine Geschichte von einem kleinen Drachen, der Angst im Dunkeln hat.",
              "Eine Geschichte, in der mein Teddybär lernt, einen riesigen Kuchen zu backen."),
          "it",
          List.of(
              "Vorrei una storia di un piccolo drago che ha paura del buio.",
              "Una storia in cui il mio orsetto impara a fare una torta gigante."));

  private final Desk desk;
  private final Models models;
  private final Memory memory;

  Transcriptions(Desk desk, Models models, Memory memory) {
    this.desk = desk;
    this.models = models;
    this.memory = memory;
  }

  private record Heard(String text, String language, List<Timed> sentences, List<Timed> words) {}

  Reply answer(Request request, Form form, Runnable generalFaults) {
    Fields fields = Fields.ofForm(form.fields(Set.of("file")));
    fields.only(KNOWN);
    String model = fields.text("model", 200);
    request.concerns(model, null);
    models.require(model, Set.of(Models.Use.TRANSCRIPTION));
    String format = format(fields, model);
    Set<String> granularities = granularities(fields, format);
    fields.number("temperature", 0, 1);
    fields.optionalText("prompt", 100_000);
    String language = fields.optionalText("language", 10).orElse("en");
    if (!language.matches("[a-z]{2}")) {
      throw OpenAiError.invalid(
          "language",
          "invalid_language_format",
          "Language parameter must be specified in ISO-639-1 format.");
    }
    fields.notOffline("stream", "streaming");
    Pcm sound = sound(form);
    generalFaults.run();
    return reply(format, model, sound, heard(sound, language), granularities);
  }

  private static String format(Fields fields, String model) {
    List<String> formats =
        model.equals("whisper-1")
            ? List.of("json", "text", "srt", "verbose_json", "vtt")
            : model.equals("gpt-transcribe") ? List.of("json", "text") : List.of("json");
    String format =
        fields
            .choice(
                "response_format",
                List.of("json", "text", "srt", "verbose_json", "vtt", "diarized_json"))
            .orElse("json");
    if (!formats.contains(format)) {
      throw OpenAiError.invalid(
          "response_format",
          "unsupported_value",
          "response_format '%s' is not compatible with model '%s'. Use one of %s instead."
              .formatted(format, model, formats));
    }
    return format;
  }

  private static Set<String> granularities(Fields fields, String format) {
    Set<String> asked = new HashSet<>();
    fields
        .value("timestamp_granularities[]")
        .ifPresent(list -> list.forEach((JsonNode each) -> asked.add(each.asText())));
    for (String each : asked) {
      if (!Set.of("word", "segment").contains(each)) {
        throw OpenAiError.wrongValue("timestamp_granularities[]", each, Set.of("segment", "word"));
      }
    }
    if (!asked.isEmpty() && !format.equals("verbose_json")) {
      throw OpenAiError.invalid(
          "timestamp_granularities[]",
          "invalid_value",
          "Timestamp granularities are only supported for response_format=verbose_json.");
    }
    return asked.isEmpty() ? Set.of("segment") : asked;
  }

  private static Pcm sound(Form form) {
    List<Form.Part> files = form.files(Set.of("file"));
    if (files.isEmpty()) {
      throw OpenAiError.missing("file");
    }
    Form.Part file = files.getFirst();
    String name = file.fileName() == null ? "" : file.fileName().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(name.substring(name.lastIndexOf('.') + 1))) {
      throw OpenAiError.invalid(
          "file",
          "unsupported_value",
          "Invalid file format. Supported formats: %s".formatted(TYPES));
    }
    if (file.bytes().length > MAX_FILE_BYTES) {
      throw OpenAiError.invalid("file", null, "Maximum content size limit (26214400) exceeded.");
    }
    return AudioCodec.decode(file.bytes())
        .orElseThrow(() ->
            OpenAiError.invalid(
                "file", "unsupported_value", "Audio file might be corrupted or unsupported"));
  }

  private Heard heard(Pcm sound, String language) {
    return memory
        .recognise(sound)
        .map(Transcriptions::spokenHere)
        .orElseGet(() -> imagined(sound, language));
  }

  private static Heard spokenHere(Spoken spoken) {
    return new Heard(
        spoken.text().strip(), spoken.language().code(), spoken.sentences(), spoken.words());
  }

  private Heard imagined(Pcm sound, String language) {
    List<String> ideas = IDEAS.getOrDefault(language, ENGLISH_IDEAS);
    long seed = Seeds.of(desk.seed(), Arrays.toString(sound.samples()));
    String idea = ideas.get(Math.floorMod(seed, ideas.size()));
    Timed whole = new Timed(idea, 0, sound.seconds());
    return new Heard(
        idea, Language.of(idea, "").code(), List.of(whole), new ArrayList<>(Spoken.spread(whole)));
  }

  private static Reply reply(
      String format, String model, Pcm sound, Heard heard, Set<String> granularities) {
    return switch (format) {
      case "text" -> text(heard.text() + "\n");
      case "srt" -> text(cues(heard.sentences(), true));
      case "vtt" -> text("WEBVTT\n\n" + cues(heard.sentences(), false));
      case "verbose_json" -> Reply.json(200, verbose(sound, heard, granularities));
      default -> Reply.json(200, plain(model, sound, heard));
    };
  }

  private static ObjectNode plain(String model, Pcm sound, Heard heard) {
    ObjectNode answer = Json.object().put("text", heard.text());
    if (model.equals("gpt-transcribe")) {
      answer.putArray("languages").add(heard.language());
    }
    ObjectNode usage = answer.putObject("usage");
    if (model.startsWith("gpt-4o")) {
      int in = (int) Math.ceil(sound.seconds() * 10);
      int out = Tokens.ofText(heard.text());
      usage
          .put("type", "tokens")
          .put("input_tokens", in)
          .put("output_tokens", out)
          .put("total_tokens", in + out);
      usage.putObject("input_token_details").put("text_tokens", 0).put("audio_tokens", in);
    } else {
      usage.put("type", "duration").put("seconds", Math.ceil(sound.seconds()));
    }
    return answer;
  }

  private static ObjectNode verbose(Pcm sound, Heard heard, Set<String> granularities) {
    ObjectNode answer =
        Json.object()
            .put("task", "transcribe")
            .put("language", NAMES.getOrDefault(heard.language(), "english"))
            .put("duration", sound.seconds())
            .put("text", heard.text());
    if (granularities.contains("word")) {
      ArrayNode words = answer.putArray("words");
      for (Timed word : heard.words()) {
        words
            .addObject()
            .put("word", word.text().replaceAll("^\\P{L}+|[^\\p{L}\\p{N}]+$", ""))
            .put("start", rounded(word.start()))
            .put("end", rounded(word.end()));
      }
    }
    if (granularities.contains("segment")) {
      ArrayNode segments = answer.putArray("segments");
      for (Timed sentence : heard.sentences()) {
        ObjectNode segment =
            segments
                .addObject()
                .put("id", segments.size() - 1)
                .put("seek", 0)
                .put("start", rounded(sentence.start()))
                .put("end", rounded(sentence.end()))
                .put("text", " " + sentence.text())
                .put("temperature", 0.0)
                .put("avg_logprob", -0.2)
                .put("compression_ratio", 1.3)
                .put("no_speech_prob", 0.01);
        segment.putArray("tokens");
      }
    }
    answer.putObject("usage").put("type", "duration").put("seconds", Math.ceil(sound.seconds()));
    return answer;
  }

  private static String cues(List<Timed> sentences, boolean srt) {
    StringBuilder cues = new StringBuilder();
    for (int i = 0; i < sentences.size(); i++) {
      Timed sentence = sentences.get(i);
      if (srt) {
        cues.append(i + 1).append('\n');
      }
      cues.append(stamp(sentence.start(), srt))
          .append(" --> ")
          .append(stamp(sentence.end(), srt))
          .append('\n')
          .append(sentence.text())
          .append("\n\n");
    }
    return cues.toString();
  }

  private static String stamp(double seconds, boolean srt) {
    long millis = Math.round(seconds * 1_000);
    return "%02d:%02d:%02d%s%03d"
        .formatted(
            millis / 3_600_000,
            millis / 60_000 % 60,
            millis / 1_000 % 60,
            srt ? "," : ".",
            millis % 1_000);
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1_000) / 1_000.0;
  }

  private static Reply text(String text) {
    return Reply.of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
