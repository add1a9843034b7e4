package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.api.userstories.StoriesRig.STORIES;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A film with captions in two languages, really cut. */
@FirestoreTest
class SecondLanguageRouteTest {
  private static final Pattern TIMES = Pattern.compile("(?m)^(\\d\\d:.* --> .*)$");
  private static StudioFilms films;

  private final StoriesRig rig;

  SecondLanguageRouteTest(Firestore firestore) throws IOException {
    rig = new StoriesRig(firestore);
    rig.pipeline.set(films.pipeline(rig.media, true));
  }

  @BeforeAll
  static void open() {
    films = new StudioFilms();
  }

  @AfterAll
  static void shut() {
    films.close();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theFilmHasCaptionsOfBothLanguagesAtTheSameTimes() {
    String job = rig.accepted(order("de"));
    long translated = films.calls("translation");
    long spoken = films.calls("/audio/speech");

    assertEquals(RunResult.SUCCEEDED, rig.work());

    assertEquals(translated + 1, films.calls("translation"));
    var story = rig.get(STORIES + "/" + job).body().path("story");
    var tracks = story.path("captions");
    assertEquals(2, tracks.size(), tracks::toString);
    assertEquals("en", story.path("language").asText());
    assertEquals("en", tracks.path(0).path("language").asText());
    assertEquals("de", tracks.path(1).path("language").asText());
    String english = captions(tracks.path(0));
    String german = captions(tracks.path(1));
    assertTrue(english.startsWith("WEBVTT\n") && german.startsWith("WEBVTT\n"));
    assertTrue(english.contains("Quillon") && german.contains("Quillon"), german);
    assertFalse(german.contains("{{") || german.contains("[Nicht"), german);
    assertNotEquals(english, german);
    assertTrue(Pattern.compile("\\b(und|der|die|das)\\b").matcher(german).find(), german);
    assertEquals(first(english), first(german), "shown while the first sentence is heard");
    assertEquals(last(english), last(german));
    long sentences = films.calls("/audio/speech") - spoken;
    assertEquals(sentences, steps(job, "sentence."), "there is no second narration");
    assertTrue(cost(job, "translation").signum() > 0);
    assertTrue(cost(job, "check-translation-judge").signum() > 0);
    assertTrue(rig.ledger().agrees());
  }

  @Test
  void theSecondLanguageIsOneOfFiveAndAnotherThanTheStorys() {
    var same = rig.post(STORIES, order("en"));
    assertEquals(400, same.status(), same::toString);
    assertTrue(same.details().containsKey("secondLanguage"), same::toString);

    var unknown = rig.post(STORIES, order("la"));
    assertEquals(400, unknown.status());
    assertTrue(unknown.details().containsKey("secondLanguage"), unknown::toString);
    assertEquals(20, rig.ledger().available());
  }

  private Map<String, Object> order(String second) {
    var order = StoriesRig.order(rig.photo(StudioFilms.photo()));
    order.put("secondLanguage", second);
    return order;
  }

  private String captions(JsonNode track) {
    String path = URI.create(track.path("url").asText()).getPath().substring(1);
    return new String(rig.media.read(path), StandardCharsets.UTF_8);
  }

  private static String first(String vtt) {
    return times(vtt).getFirst().split(" --> ", 2)[0];
  }

  private static String last(String vtt) {
    return times(vtt).getLast().split(" --> ", 2)[1];
  }

  private static List<String> times(String vtt) {
    return TIMES.matcher(vtt).results().map(result -> result.group(1)).toList();
  }

  private long steps(String job, String name) {
    return on(rig.queue.store().steps(job).get()).getDocuments().stream()
        .filter(step -> step.getId().startsWith(name))
        .count();
  }

  private BigDecimal cost(String job, String step) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : rig.get(STORIES + "/" + job + "/cost").body().path("steps")) {
      if (line.path("step").asText().startsWith(step)) {
        sum = sum.add(line.path("cost").decimalValue());
      }
    }
    return sum;
  }
}
