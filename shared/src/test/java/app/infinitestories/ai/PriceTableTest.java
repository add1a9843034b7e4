package app.infinitestories.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.PriceTable.Tokens;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {
  private final PriceTable prices = PriceTable.published();

  @Test
  void everySortOfTokenHasItsOwnPrice() {
    // 1,000 x 0.10 + 400 x 0.01 + 2,000 x 0.50 = 1,104 millionths of a dollar
    assertPrice("0.001104", prices.tokens("gpt-6-luna", Tokens.text(1_000, 400, 2_000)));
    // 100 x 5 + 1,600 x 8 + 659 x 30
    assertPrice("0.03307", prices.tokens("gpt-image-2.5-flare", Tokens.picture(100, 1_600, 659)));
    // 50 x 0.60 + 10 x 2.40 + 300 x 20
    assertPrice("0.006054", prices.tokens("gpt-audio-mini", new Tokens(50, 0, 0, 10, 300)));
  }

  @Test
  void aSingleTokenIsNotRoundedAway() {
    assertPrice("0.00000001", prices.tokens("gpt-6-luna", Tokens.text(0, 1, 0)));
  }

  @Test
  void soundIsPaidByTheMinuteDownToTheMillisecond() {
    assertPrice("0.015", prices.sound("gpt-4o-mini-tts", Duration.ofMinutes(1)));
    assertPrice("0.0045", prices.sound("gpt-transcribe", Duration.ofMinutes(1)));
    assertPrice("0.00000025", prices.sound("gpt-4o-mini-tts", Duration.ofMillis(1)));
  }

  @Test
  void filmsArePaidByTheSecondOrByStatedCredits() {
    assertPrice("0.25", prices.film("gen4_turbo", 5));
    assertPrice("0.25", prices.runwayCredits(new BigDecimal(25)));
  }

  @Test
  void aNarratedStoryWithThreePicturesStaysInItsBudget() {
    BigDecimal script = prices.tokens("gpt-6-luna", Tokens.text(2_000, 0, 4_000));
    BigDecimal picture = prices.tokens("gpt-image-2.5-flare", Tokens.picture(250, 900, 659));
    BigDecimal voice = prices.sound("gpt-4o-mini-tts-2025-12-15", Duration.ofMinutes(2));

    BigDecimal story = script.add(picture.multiply(new BigDecimal(3))).add(voice);

    assertTrue(story.compareTo(new BigDecimal("0.15")) <= 0, story::toPlainString);
  }

  @Test
  void configurationReplacesSinglePricesAndKeepsTheRest() {
    PriceTable changed =
        PriceTable.published(
            """
            {"date": "2027-01-31",
             "perMillionTokens": {"gpt-6-luna": {"output": "1"}, "gpt-7": {"input": "3", "output": "6"}}}
            """);

    assertEquals(LocalDate.of(2027, 1, 31), changed.date());
    assertPrice("0.0000011", changed.tokens("gpt-6-luna", Tokens.text(1, 0, 1)));
    assertPrice("0.000009", changed.tokens("gpt-7", Tokens.text(1, 0, 1)));
    assertPrice("0.05", changed.film("gen4_turbo", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "[]",
        "{\"date\": \"soon\"}",
        "{\"perMinute\": {\"whisper-1\": \"cheap\"}}",
        "{\"perMinute\": {\"whisper-1\": \"-1\"}}",
        "{\"perMinute\": {\"whisper-1\": \"0.00000001\"}}"
      })
  void aTableThatIsNoneIsRefused(String changes) {
    assertThrows(IllegalArgumentException.class, () -> PriceTable.published(changes));
  }

  @Test
  void aModelWithoutPriceIsAFaultAndNeverFree() {
    assertThrows(
        IllegalArgumentException.class, () -> prices.tokens("gpt-9", Tokens.text(1, 0, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> prices.sound("gpt-6-luna", Duration.ofSeconds(1)));
  }

  private static void assertPrice(String usd, BigDecimal actual) {
    assertEquals(0, new BigDecimal(usd).compareTo(actual), actual::toPlainString);
  }
}
