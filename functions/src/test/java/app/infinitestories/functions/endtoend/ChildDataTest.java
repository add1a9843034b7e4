package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a child reaches a provider or a log, in both positions of the switch. */
@ProductTest
class ChildDataTest {
  private static final String SWITCH = "AI_CHILD_DATA_ALLOWED";
  private static final String NAME = "Zephyrine";
  private static final String THEME = "Zephyrine seeks the marmalade lighthouse";
  private static final String DEDICATION = "For our beloved Zephyrine from Grandma Ottoline";

  private final Product product;
  private final Family family;

  ChildDataTest(Product product) {
    this.product = product;
    this.family = product.family();
  }

  @BeforeEach
  void fresh() {
    product.fresh();
  }

  @AfterEach
  void allowAgain() {
    product.fresh();
    if (!"true".equals(product.stack().environment().get(SWITCH))) {
      product.restartWorker(SWITCH, "true");
    }
  }

  @Test
  void withTheSwitchOffNeitherNameNorPhotoLeaves() throws IOException {
    product.restartWorker(SWITCH, "false");

    makeStory();

    var seen = product.wiretap().seen();
    assertEquals(List.of(), seen.stream().filter(ChildDataTest::names).toList());
    assertEquals(List.of(), seen.stream().filter(s -> s.is("/images/edits") && sheet(s)).toList());
    assertEquals(1, seen.stream().filter(s -> s.is("/images/generations")).count());
    assertEquals(
        1 + 3, // the sheet and the scenes, no photo
        seen.stream().filter(s -> s.is("/moderations") && s.text().contains("image_url")).count());
    nothingIsLogged();
  }

  @Test
  void withTheSwitchOnTheNameIsOnlySpokenAndThePhotoOnlyCheckedAndDrawn() throws IOException {
    makeStory();

    var seen = product.wiretap().seen();
    var naming = seen.stream().filter(ChildDataTest::names).toList();
    assertFalse(naming.isEmpty());
    naming.forEach(s -> assertTrue(s.is("/audio/speech"), s.toString()));
    assertEquals(1, seen.stream().filter(s -> s.is("/images/edits") && sheet(s)).count());
    assertEquals(
        1 + 1 + 3, // the photo, the sheet and the scenes
        seen.stream().filter(s -> s.is("/moderations") && s.text().contains("image_url")).count());
    assertEquals(0, seen.stream().filter(s -> s.is("/images/generations")).count());
    nothingIsLogged();
  }

  private String makeStory() {
    var order = Family.pictures();
    order.put("name", NAME);
    order.put("theme", THEME);
    order.put("dedication", DEDICATION);
    String job = product.orderWithoutCutting(family, order);
    product.await(job, "succeeded");
    captionsAreWhatWasSpoken(job);
    return job;
  }

  /** The story's text, from which captions are made, is what the speech requests said. */
  private void captionsAreWhatWasSpoken(String job) {
    var story =
        Product.get(
            product.firestore().document("users/" + family.uid() + "/stories/" + job).get());
    var spoken =
        product.wiretap().posts().stream().filter(s -> s.is("/audio/speech")).map(Seen::input);
    assertTrue(story.get("scenes") instanceof List<?>);
    var text = new StringBuilder();
    ((List<?>) java.util.Objects.requireNonNull(story.get("scenes")))
        .forEach(scene -> text.append(((Map<?, ?>) scene).get("text")).append(' '));
    spoken.forEach(sentence -> assertTrue(text.toString().contains(sentence), "not shown as said"));
  }

  private void nothingIsLogged() throws IOException {
    product
        .functionLogs()
        .forEach((file, log) -> {
          for (String secret : List.of(NAME, "marmalade lighthouse", "Ottoline")) {
            assertFalse(log.contains(secret), file + " holds a child's data");
          }
        });
  }

  private static boolean names(Seen seen) {
    return seen.text().contains(NAME) || seen.text().contains("Ottoline");
  }

  private static boolean sheet(Seen seen) {
    return seen.prompt().startsWith("A character sheet");
  }
}
