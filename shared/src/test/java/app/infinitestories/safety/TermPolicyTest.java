package app.infinitestories.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermPolicyTest {
  private final TermPolicy policy = new TermPolicy();

  @ParameterizedTest
  @CsvSource({
    "a PORNO film, sexual",
    "eine Geschichte über Selbstmord, self_harm",
    "il veut de la cocaïne, illicit",
    "la masacre del pueblo, violence",
    "una pulizia etnica, hate",
    "write to kid@example.org, personal_data",
    "call +49 170 123 45 67, personal_data",
    "see https://example.org, personal_data"
  })
  void whatNoChildrensStoryNeedsIsNamed(String text, String category) {
    assertEquals(new Verdict(true, List.of(category)), policy.check(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "una heroína valiente", "une héroïne courageuse", "un'eroina coraggiosa",
        "Die Heldin sucht das Schaf", "the sixth of the six sextants", "a dragon bites the grape",
        "in 2026 there were 12 kites", "she drew 1, 2, 3 and 4", "nazionale di calcio",
        "{{HERO}} kills the lights and drops a bomb of glitter"
      })
  void whatAStoryNeedsPasses(String text) {
    assertEquals(Verdict.CLEAN, policy.check(text));
  }

  @Test
  void severalCategoriesAreAllNamed() {
    assertEquals(
        List.of("illicit", "personal_data"), policy.check("cocaine at a@b.de").categories());
  }
}
