package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The provider's models as of November 2026, with the dates on which they are shut down. */
final class Models {

  /** What a model is for; a request for anything else is refused. */
  enum Use {
    CHAT,
    CHAT_AUDIO,
    PICTURE,
    MODERATION,
    SPEECH,
    TRANSCRIPTION
  }

  private record Entry(Use use, @Nullable LocalDate shutdown) {}

  private static final long CREATED = 1_780_000_000L;
  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  static {
    add(Use.CHAT, null, "gpt-6-luna", "gpt-6-sol");
    add(Use.CHAT, "2027-01-14", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini");
    add(Use.CHAT_AUDIO, null, "gpt-audio-1.5", "gpt-audio-mini");
    add(Use.PICTURE, "2026-05-12", "dall-e-2", "dall-e-3");
    add(Use.PICTURE, "2026-10-23", "gpt-image-1");
    add(Use.PICTURE, "2026-12-01", "gpt-image-1.5", "gpt-image-1-mini");
    add(
        Use.PICTURE,
        null,
        "gpt-image-2",
        "gpt-image-2.5-flare",
        "gpt-image-2.5-sunburst",
        "gpt-image-2.6-flare",
        "gpt-image-2.6-sunburst");
    add(Use.MODERATION, null, "omni-moderation-latest");
    add(
        Use.SPEECH,
        "2027-01-06",
        "tts-1",
        "tts-1-hd",
        "gpt-4o-mini-tts",
        "gpt-4o-mini-tts-2025-12-15");
    add(Use.TRANSCRIPTION, null, "gpt-transcribe");
    add(
        Use.TRANSCRIPTION,
        "2027-02-26",
        "whisper-1",
        "gpt-4o-transcribe",
        "gpt-4o-mini-transcribe");
  }

  private final Clock clock;

  Models(Clock clock) {
    this.clock = clock;
  }

  private static void add(Use use, @Nullable String shutdown, String... ids) {
    LocalDate date = shutdown == null ? null : LocalDate.parse(shutdown);
    for (String id : ids) {
      ALL.put(id, new Entry(use, date));
    }
  }

  /** Passes if the model exists today and does this. */
  Use require(String model, Set<Use> uses) {
    Entry entry =
        Optional.ofNullable(ALL.get(model)).orElseThrow(() -> OpenAiError.noSuchModel(model));
    if (isGone(entry)) {
      throw OpenAiError.retiredModel(model);
    }
    if (!uses.contains(entry.use())) {
      throw OpenAiError.invalid(
          "model", null, "The model '%s' is not supported on this endpoint.".formatted(model));
    }
    return entry.use();
  }

  ObjectNode list() {
    ArrayNode data = Json.array();
    ALL.forEach((id, entry) -> {
      if (!isGone(entry)) {
        data.add(described(id, entry));
      }
    });
    return Json.object().put("object", "list").set("data", data);
  }

  ObjectNode one(String id) {
    Entry entry = ALL.get(id);
    if (entry == null || isGone(entry)) {
      throw OpenAiError.noSuchModel(id);
    }
    return described(id, entry);
  }

  private boolean isGone(Entry entry) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return entry.shutdown() != null && !today.isBefore(entry.shutdown());
  }

  private static ObjectNode described(String id, Entry entry) {
    ObjectNode node =
        Json.object()
            .put("id", id)
            .put("object", "model")
            .put("created", CREATED)
            .put("owned_by", "system");
    if (entry.shutdown() != null) {
      node.put("shutdown_date", entry.shutdown().toString());
    }
    return node;
  }
}
