package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Endpoint;
import app.infinitestories.local.studio.Fault;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Seeds;
import app.infinitestories.local.studio.picture.HeroLook;
import app.infinitestories.local.studio.picture.PictureBook;
import app.infinitestories.local.studio.speech.Language;
import app.infinitestories.local.studio.story.StoryBrief;
import app.infinitestories.local.studio.story.StoryGrammar;
import app.infinitestories.local.studio.story.Translator;
import app.infinitestories.local.studio.story.WrittenScene;
import app.infinitestories.local.studio.story.WrittenStory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the chat model knows to do, by the name of the JSON schema that the answer must have. */
final class ChatTasks {
  private final Desk desk;
  private final EmptyPages emptyPages;

  ChatTasks(Desk desk, EmptyPages emptyPages) {
    this.desk = desk;
    this.emptyPages = emptyPages;
  }

  /** The answer to a task; an empty object for a task that the studio does not know. */
  ObjectNode answer(String task, Conversation conversation) {
    ObjectNode brief = conversation.brief();
    return switch (task) {
      case "story_script" -> story(conversation, brief);
      case "visual_profile" -> profile(conversation.pictures());
      case "picture_check" -> check(conversation.pictures());
      case "tamer_prompt" ->
          Json.object()
              .put(
                  "picturePrompt",
                  StoryGrammar.tamer(
                      brief.path("picturePrompt").asText(), brief.path("people").asBoolean(true)));
      case "translation" -> translation(brief);
      case "text_check" -> textCheck(brief.path("text").asText());
      default -> Json.object();
    };
  }

  private ObjectNode story(Conversation conversation, ObjectNode brief) {
    int min = Math.max(1, brief.path("wordsPerScene").path("min").asInt(35));
    WrittenStory story =
        StoryGrammar.write(
            new StoryBrief(
                brief.path("hero").asText("{{HERO}}"),
                brief.path("age").asInt(6),
                brief.path("genre").asText("adventure"),
                language(brief),
                scenes(brief.path("scenes").asInt(3)),
                min,
                Math.max(min, brief.path("wordsPerScene").path("max").asInt(60)),
                // what the parent wished last is what the story is about
                brief.hasNonNull("changes") ? optional(brief, "changes") : optional(brief, "theme"),
                optional(brief, "lesson"),
                // any other word in the brief gives another story
                Seeds.of(desk.seed(), conversation.lastUserText())));
    ArrayNode scenes = Json.array();
    for (WrittenScene scene : story.scenes()) {
      scenes.add(
          Json.object()
              .put("narration", scene.narration())
              .put("picturePrompt", scene.picturePrompt())
              .put("motionPrompt", scene.motionPrompt()));
    }
    return Json.object().put("title", story.title()).set("scenes", scenes);
  }

  /** The grammar tells stories of three lengths; another number gets the next one. */
  private static int scenes(int asked) {
    return asked <= 3 ? 3 : asked <= 5 ? 5 : 7;
  }

  /** One of the five languages; for any other the story is told in English. */
  private static String language(ObjectNode brief) {
    return language(brief, "language");
  }

  private static String language(ObjectNode brief, String field) {
    String code = brief.path(field).asText("en");
    return Language.ofCode(code.substring(0, Math.min(2, code.length())))
        .orElse(Language.EN)
        .code();
  }

  private static ObjectNode profile(List<BufferedImage> pictures) {
    HeroLook look = Looks.of(needed(pictures, 0));
    ObjectNode profile =
        Json.object()
            .put("hair", look.hairWords())
            .put("eyes", look.eyesWords())
            .put("skin", look.skinWords())
            .put("clothes", look.clothesWords());
    ArrayNode palette = profile.putArray("palette");
    look.palette().forEach(palette::add);
    ArrayNode accessories = profile.putArray("accessories");
    if (look.glasses()) {
      accessories.add("round glasses");
    }
    return profile;
  }

  private ObjectNode check(List<BufferedImage> pictures) {
    HeroLook look = Looks.of(needed(pictures, 0));
    BufferedImage picture = needed(pictures, 1);
    boolean same = PictureBook.showsHero(picture, look) || emptyPages.contains(picture);
    boolean safe = !desk.strikes(Fault.UNSAFE_PICTURE, Endpoint.CHAT, "picture_check");
    String reason =
        !safe
            ? "The picture shows something that is not fit for a child."
            : same ? "" : "The colours of hair, skin or clothes differ from the character sheet.";
    return Json.object().put("sameHero", same).put("safe", safe).put("reason", reason);
  }

  private static ObjectNode translation(ObjectNode brief) {
    String band = brief.path("ageBand").asText("4-6");
    Translator translator =
        Translator.between(
            language(brief, "from"),
            language(brief, "to"),
            Integer.parseInt(band.substring(0, Math.max(1, band.indexOf('-')))));
    List<List<String>> told = new ArrayList<>();
    for (JsonNode scene : brief.path("scenes")) {
      List<String> sentences = new ArrayList<>();
      scene.path("sentences").forEach(sentence -> sentences.add(sentence.asText()));
      told.add(sentences);
    }
    ArrayNode scenes = Json.array();
    for (List<String> sentences : translator.translate(told)) {
      ArrayNode translated = scenes.addObject().putArray("sentences");
      sentences.forEach(translated::add);
    }
    return Json.object().set("scenes", scenes);
  }

  private static ObjectNode textCheck(String text) {
    Optional<String> breach = TextPolicy.breach(text);
    return Json.object().put("allowed", breach.isEmpty()).put("category", breach.orElse("none"));
  }

  private static BufferedImage needed(List<BufferedImage> pictures, int index) {
    if (index >= pictures.size()) {
      throw OpenAiError.invalid(
          "messages",
          null,
          "The offline studio needs %d pictures for this task, but got %d."
              .formatted(index + 1, pictures.size()));
    }
    return pictures.get(index);
  }

  private static @Nullable String optional(ObjectNode brief, String name) {
    JsonNode value = brief.path(name);
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
  }
}
