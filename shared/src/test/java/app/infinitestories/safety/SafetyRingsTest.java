package app.infinitestories.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.ProviderException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SafetyRingsTest {
  private final List<String> asked = new ArrayList<>();

  @Test
  void whatEveryRingAllowsPassesAndEveryCostIsKept() throws Exception {
    var decision =
        SafetyRings.<String>none()
            .then("own", ring("own"))
            .then("moderation", ring("moderation"))
            .check("a text");

    assertTrue(decision.allowed());
    assertEquals(List.of("own", "moderation"), asked);
    assertEquals(2, decision.charges().size());
  }

  @Test
  void theFirstNoDecidesAndNobodyElseIsPaid() throws Exception {
    var decision =
        SafetyRings.<String>none()
            .then("own", ring("own", "violence"))
            .then("moderation", ring("moderation"))
            .check("a text");

    assertEquals(Optional.of("own"), decision.stoppedBy());
    assertEquals(List.of("violence"), decision.categories());
    assertEquals(List.of("own"), asked);
  }

  @Test
  void aRingThatCannotAnswerLetsNothingPass() {
    var silent = new ProviderException.Busy("openai", "omni", "HTTP 503", Optional.empty(), null);
    var rings =
        SafetyRings.<String>none()
            .then("own", ring("own"))
            .then(
                "moderation",
                text -> {
                  throw silent;
                })
            .then("policy", ring("policy"));

    var thrown = assertThrows(ProviderException.Busy.class, () -> rings.check("a text"));

    assertSame(silent, thrown);
    assertEquals(List.of("own"), asked);
  }

  @Test
  void withoutRingsNothingPasses() {
    assertThrows(IllegalStateException.class, () -> SafetyRings.<String>none().check("a text"));
  }

  private Ring<String> ring(String name, String... categories) {
    return text -> {
      asked.add(name);
      var charge =
          new Charge(name, "model", "moderation", "requests", BigDecimal.ONE, BigDecimal.ZERO);
      return new Answer<>(new Verdict(categories.length > 0, List.of(categories)), charge);
    };
  }
}
