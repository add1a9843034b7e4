package app.infinitestories.local.studio.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** What a prompt asks for, as far as the studio can draw it. Unknown words do not matter. */
record ScenePlan(
    TimeOfDay time,
    Weather weather,
    Place place,
    List<Prop> props,
    List<Companion> companions,
    Mood mood,
    Pose pose) {

  static ScenePlan read(String prompt, long seed) {
    Set<String> words = words(prompt);
    Random random = new Random(seed * 31 + 17);
    Place place = first(Place.values(), words);
    List<Prop> props = new ArrayList<>();
    for (Prop prop : Prop.values()) {
      if (mentions(words, prop.words) && props.size() < 4) {
        props.add(prop);
      }
    }
    if (words.contains("rocket") && (words.contains("inside") || words.contains("aboard"))) {
      place = Place.ROCKET_CABIN;
      props.remove(Prop.ROCKET);
    }
    if (place == Place.MOON || place == Place.SPACE) {
      props.remove(Prop.MOON);
    }
    List<Companion> companions = new ArrayList<>();
    for (Companion companion : Companion.values()) {
      boolean toy = companion == Companion.BEAR && props.contains(Prop.TEDDY);
      if (mentions(words, companion.words) && companions.size() < 2 && !toy) {
        companions.add(companion);
      }
    }
    TimeOfDay time = firstOr(TimeOfDay.values(), words, TimeOfDay.DAY, random);
    Weather weather =
        Arrays.stream(Weather.values())
            .filter(w -> mentions(words, w.words))
            .findFirst()
            .orElse(Weather.CLEAR);
    if (place == null) {
      Place[] gentle = {Place.MEADOW, Place.FOREST, Place.GARDEN, Place.VILLAGE, Place.RIVER};
      place =
          companions.contains(Companion.WHALE)
              ? Place.BEACH
              : gentle[random.nextInt(gentle.length)];
    }
    Mood mood =
        Arrays.stream(Mood.values())
            .filter(m -> mentions(words, m.words))
            .findFirst()
            .orElse(random.nextInt(3) == 0 ? Mood.CALM : Mood.HAPPY);
    Pose pose = pose(words, props, place, random);
    return new ScenePlan(
        time, weather, place, List.copyOf(props), List.copyOf(companions), mood, pose);
  }

  private static Pose pose(Set<String> words, List<Prop> props, Place place, Random random) {
    for (Pose pose : Pose.values()) {
      if (mentions(words, pose.words)) {
        return pose;
      }
    }
    if (props.stream().anyMatch(p -> p.where == Prop.Where.HAND)) {
      return Pose.HOLDING;
    }
    if (place == Place.UNDERWATER || place == Place.SPACE) {
      return Pose.FLYING;
    }
    Pose[] usual = {Pose.STANDING, Pose.WALKING, Pose.WAVING, Pose.REACHING};
    return usual[random.nextInt(usual.length)];
  }

  private static TimeOfDay firstOr(
      TimeOfDay[] values, Set<String> words, TimeOfDay usual, Random random) {
    for (TimeOfDay value : values) {
      if (mentions(words, value.words)) {
        return value;
      }
    }
    if (mentions(words, Weather.CLEAR.words)) {
      return usual;
    }
    TimeOfDay[] gentle = {usual, usual, TimeOfDay.MORNING, TimeOfDay.SUNSET};
    return gentle[random.nextInt(gentle.length)];
  }

  private static @org.jspecify.annotations.Nullable Place first(Place[] values, Set<String> words) {
    for (Place value : values) {
      if (mentions(words, value.words)) {
        return value;
      }
    }
    return null;
  }

  static boolean mentions(Set<String> words, String synonyms) {
    for (String synonym : synonyms.split(" ", -1)) {
      if (words.contains(synonym)) {
        return true;
      }
    }
    return false;
  }

  /** Whole words in lower case, their singulars, and neighbours joined by a hyphen. */
  static Set<String> words(String text) {
    String[] tokens = text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1);
    Set<String> words = new HashSet<>();
    for (int i = 0; i < tokens.length; i++) {
      words.add(tokens[i]);
      if (tokens[i].endsWith("s") && tokens[i].length() > 3) {
        words.add(tokens[i].substring(0, tokens[i].length() - 1));
      }
      if (i + 1 < tokens.length) {
        words.add(tokens[i] + "-" + tokens[i + 1]);
      }
      if (i + 2 < tokens.length) {
        words.add(tokens[i] + "-" + tokens[i + 1] + "-" + tokens[i + 2]);
      }
    }
    words.remove("");
    return words;
  }
}
