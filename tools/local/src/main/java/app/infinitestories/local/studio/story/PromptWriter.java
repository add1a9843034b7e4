package app.infinitestories.local.studio.story;

import java.util.List;
import java.util.Map;

/** Says in English what a painter draws in a scene and what a film-maker moves in it. */
final class PromptWriter {
  /** The two prompts of a scene. */
  record Prompts(String picture, String motion) {}

  private static final Map<String, String> LIGHT =
      Map.of(
          "morning", "golden morning light",
          "noon", "bright noon light",
          "day", "bright day",
          "evening", "soft evening light",
          "sunset", "warm sunset light",
          "night", "quiet night, soft light",
          "starry night", "starry night sky");
  private static final List<String> CAMERA =
      List.of("slow push in", "pan right", "pan left", "slow push in", "slow pull back");

  private final PlotOutline plot;
  private final String companion;
  private final String variant;

  PromptWriter(PlotOutline plot, String companion, String variant) {
    this.plot = plot;
    this.companion = companion;
    this.variant = variant;
  }

  /** The prompts of a beat, 1 to 5. */
  Prompts beat(int number) {
    String scene = plot.pictures().get(number - 1).replace("{x}", variant);
    String doing = scene.contains("asleep") ? " asleep close by" : " beside the hero child";
    return prompts(scene + ", " + companion + doing, number);
  }

  /** The hero and the companion before the story begins, in the plot's place. */
  Prompts opening() {
    return prompts(
        "the hero child walking with "
            + companion
            + ", waving, happy, "
            + plot.place()
            + " around them",
        1);
  }

  /** The two rest together between the attempt and the turn. */
  Prompts pause() {
    return prompts(
        "the hero child sitting close to "
            + companion
            + ", thoughtful and calm, "
            + plot.place()
            + " around them",
        3);
  }

  private Prompts prompts(String scene, int beat) {
    String time = plot.times().get(beat - 1);
    String light = LIGHT.get(time);
    if (light == null) {
      throw new IllegalStateException("plot " + plot.id() + " knows no light for " + time);
    }
    return new Prompts(scene + ", " + light, motion(scene, beat));
  }

  private String motion(String scene, int beat) {
    String animal = companion.substring(companion.lastIndexOf(' ') + 1);
    String moving;
    if (scene.contains("asleep")) {
      moving = "the hero child breathes calmly, the light glows softly, the " + animal + " sleeps";
    } else if (scene.contains("flying") || scene.contains("balloon") || scene.contains("rocket")) {
      moving = "everything floats gently, the hero child looks around, the " + animal + " bobs";
    } else if (scene.contains("walking")) {
      moving = "the hero child walks, the " + animal + " walks along";
    } else if (scene.contains("waving")) {
      moving = "the hero child waves, the " + animal + " hops";
    } else if (scene.contains("boat")) {
      moving =
          "the boat floats on small waves, the hero child leans forward, the "
              + animal
              + " watches";
    } else {
      moving =
          "the hero child turns the head and smiles a little, the " + animal + " tilts its head";
    }
    String wind = scene.contains("windy") ? ", grass and leaves sway in the wind" : "";
    return CAMERA.get(beat - 1) + ", " + moving + wind;
  }
}
