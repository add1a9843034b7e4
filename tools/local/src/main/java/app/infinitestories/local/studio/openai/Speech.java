package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Reply;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.media.AudioCodec;
import app.infinitestories.local.studio.speech.Language;
import app.infinitestories.local.studio.speech.Memory;
import app.infinitestories.local.studio.speech.Narration;
import app.infinitestories.local.studio.speech.SpeechUnavailable;
import app.infinitestories.local.studio.speech.Spoken;
import app.infinitestories.local.studio.speech.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code POST /v1/audio/speech}: reads text aloud and remembers it for transcription. */
final class Speech {
  private static final int MAX_INPUT = 4_096;
  private static final Set<String> KNOWN =
      Set.of(
          "input", "model", "voice", "instructions", "response_format", "speed", "stream_format");
  private static final List<String> FORMATS = List.of("mp3", "opus", "aac", "flac", "wav", "pcm");
  private static final Set<String> FIRST_GENERATION = Set.of("tts-1", "tts-1-hd");

  private final Models models;
  private final Memory memory;
  private final Narration narration = new Narration();

  Speech(Models models, Memory memory) {
    this.models = models;
    this.memory = memory;
  }

  Reply answer(Request request, Fields fields, Runnable generalFaults) {
    fields.only(KNOWN);
    String model = fields.text("model", 200);
    request.concerns(model, null);
    models.require(model, Set.of(Models.Use.SPEECH));
    String input = fields.text("input", MAX_INPUT);
    if (input.isBlank()) {
      throw OpenAiError.invalid(
          "input",
          "string_too_short",
          "Invalid 'input': string too short. Expected a string with minimum length 1.");
    }
    fields.required("voice");
    String voice = fields.choice("voice", Voice.labels()).orElseThrow();
    String instructions = fields.optionalText("instructions", MAX_INPUT).orElse("");
    if (!instructions.isEmpty() && FIRST_GENERATION.contains(model)) {
      throw OpenAiError.unsupportedParameter(
          "instructions", "The model '%s' does not support 'instructions'.".formatted(model));
    }
    String format = fields.choice("response_format", FORMATS).orElse("mp3");
    double speed = fields.number("speed", 0.25, 4.0).orElse(1.0);
    if (fields.choice("stream_format", List.of("audio", "sse")).orElse("audio").equals("sse")) {
      fields.notOffline("stream_format", "server-sent events");
    }
    generalFaults.run();
    return Reply.of(
        200, format(format).mediaType(), speak(input, voice, instructions, speed, format));
  }

  /** Speaks with a voice that is one of the provider's; any other is its 400. */
  byte[] speak(String text, String voice, String instructions, double speed, String format) {
    if (!Voice.labels().contains(voice)) {
      throw OpenAiError.wrongValue("voice", voice, Voice.labels());
    }
    try {
      Spoken spoken =
          narration.read(
              text,
              Language.of(text, instructions),
              Voice.valueOf(voice.toUpperCase(Locale.ROOT)),
              speed);
      memory.add(spoken);
      return AudioCodec.encode(spoken.sound(), format(format));
    } catch (SpeechUnavailable e) {
      throw OpenAiError.noVoice(e.advice());
    }
  }

  private static AudioCodec.Format format(String name) {
    return AudioCodec.Format.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
