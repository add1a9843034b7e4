package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.failure.Failure;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordShapeTest {
  enum Band {
    @JsonProperty("1-3")
    TODDLER,
    TEEN
  }

  record Everything(
      @NotNull String text,
      int whole,
      @NotNull Long large,
      @NotNull BigDecimal exact,
      double real,
      boolean flag,
      @NotNull Instant time,
      @NotNull LocalDate day,
      @NotNull Band band,
      @NotNull List<@Min(0) @Max(9) Integer> digits,
      @NotNull Map<String, @NotBlank String> names,
      @NotNull JsonNode anything) {}

  private static final String EVERYTHING =
      """
      {"text":"t","whole":-1,"large":9007199254740993,"exact":0.1,"real":2,"flag":true,
       "time":"2026-01-02T03:04:05.678Z","day":"2026-01-02","band":"1-3","digits":[0,9],
       "names":{"a":"b"},"anything":[1]}
      """;

  private static <T> @Nullable T read(Class<T> type, String json) {
    Problems problems = new Problems();
    T value =
        RecordShape.ofRequest(type)
            .read(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)), "", problems);
    problems.throwIfAny();
    return value;
  }

  private static Map<String, Object> problems(Class<?> type, String json) {
    return assertThrows(Failure.BadInput.class, () -> read(type, json)).details();
  }

  @Test
  void readsEveryType() {
    Everything all = read(Everything.class, EVERYTHING);

    assertTrue(all != null);
    assertEquals(9007199254740993L, all.large());
    assertEquals(new BigDecimal("0.1"), all.exact());
    assertEquals(2.0, all.real());
    assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), all.time());
    assertEquals(LocalDate.of(2026, 1, 2), all.day());
    assertEquals(Band.TODDLER, all.band());
    assertEquals(List.of(0, 9), all.digits());
    assertEquals(Map.of("a", "b"), all.names());
    assertEquals(1, all.anything().get(0).intValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | 1 | must be a string",
        "whole | 1.0 | must be a whole number",
        "whole | \"1\" | must be a whole number",
        "whole | 2147483648 | is out of range",
        "large | 9223372036854775808 | is out of range",
        "exact | \"0.1\" | must be a number",
        "real | true | must be a number",
        "flag | 1 | must be true or false",
        "flag | null | is required",
        "time | \"2026-01-02\" | must be a time such as 2026-01-31T12:00:00Z",
        "day | \"2026-02-30\" | must be a date such as 2026-01-31",
        "band | \"TODDLER\" | must be one of 1-3, teen",
        "digits | {} | must be a list",
        "names | [] | must be an object"
      })
  void refusesEveryOtherType(String field, String value, String problem) {
    String json =
        EVERYTHING.replaceFirst(
            "\"" + field + "\":(\"[^\"]*\"|\\[[^]]*]|\\{[^}]*}|[^,}]+)",
            "\"" + field + "\":" + java.util.regex.Matcher.quoteReplacement(value));

    assertEquals(Map.of(field, problem), problems(Everything.class, json));
  }

  @Test
  void namesElementsAndEntriesByTheirPath() {
    assertEquals(
        Map.of(
            "digits[1]", "must be at most 9",
            "digits[2]", "must not be null",
            "digits[3]", "must be at least 0",
            "names.x", "must not be blank"),
        problems(
            Everything.class,
            EVERYTHING.replace("[0,9]", "[0,10,null,-1]").replace("\"a\":\"b\"", "\"x\":\"\"")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "null"})
  void refusesWhatIsNoObject(String json) {
    assertEquals(Map.of("body", "must be an object"), problems(Everything.class, json));
  }

  record Sized(@NotNull @Size(min = 2, max = 3) String text) {}

  @Test
  void countsCharactersAsPeopleDo() {
    assertTrue(read(Sized.class, "{\"text\":\"\ud83d\ude00\ud83d\ude00\ud83d\ude00\"}") != null);
    assertEquals(
        Map.of("text", "must be 2 to 3 characters long"),
        problems(Sized.class, "{\"text\":\"\ud83d\ude00\"}"));
    assertEquals(
        Map.of("text", "must be 2 to 3 characters long"),
        problems(Sized.class, "{\"text\":\"abcd\"}"));
  }

  record UnknownAnnotation(@NotNull @Email String mail) {}

  record WrongPlace(@NotNull @Min(1) String text) {}

  record NeitherNor(String text) {}

  @SuppressWarnings("MultipleNullnessAnnotations") // the mistake that must stop the start
  record Both(@Nullable @NotNull String text) {}

  record UnknownType(@NotNull Set<String> set) {}

  record InQuery(@Nullable List<String> list) {}

  record NoMessage(@NotNull String text) {
    @AssertTrue
    boolean isFine() {
      return true;
    }
  }

  record NoRule(@NotNull String text) {
    @AssertTrue(message = "must be fine")
    String isFine() {
      return text;
    }
  }

  @Test
  void stopsTheStartOverWhatItDoesNotUnderstand() {
    assertMistake("Email on String is not understood", UnknownAnnotation.class);
    assertMistake("Min on String is not understood", WrongPlace.class);
    assertMistake("either @Nullable or @NotNull", NeitherNor.class);
    assertMistake("either @Nullable or @NotNull", Both.class);
    assertMistake("has no JSON form", UnknownType.class);
    assertMistake("has no message", NoMessage.class);
    assertMistake("is no rule", NoRule.class);
    assertMistake("is not a record", String.class);
    assertThrows(IllegalStateException.class, () -> RecordShape.ofQuery(InQuery.class));
  }

  private static void assertMistake(String message, Class<?> type) {
    var mistake = assertThrows(IllegalStateException.class, () -> RecordShape.ofRequest(type));
    assertTrue(String.valueOf(mistake.getMessage()).contains(message), mistake.getMessage());
  }

  record Patch(
      Change<@Size(min = 1, max = 3) @Nullable String> name,
      Change<@OneOf({"en", "de"}) String> language,
      Change<Boolean> consent) {}

  @Test
  void aPatchTellsAFieldLeftOutFromNullAndFromAValue() {
    assertEquals(new Patch(Change.none(), Change.none(), Change.none()), read(Patch.class, "{}"));
    assertEquals(
        new Patch(Change.cleared(), Change.to("de"), Change.to(false)),
        read(Patch.class, "{\"name\":null,\"language\":\"de\",\"consent\":false}"));
  }

  @Test
  void aPatchRefusesNullWhereNothingCanBeClearedAndWhatBreaksAConstraint() {
    assertEquals(
        Map.of(
            "name", "must be 1 to 3 characters long",
            "language", "must not be null",
            "consent", "must be true or false"),
        problems(Patch.class, "{\"name\":\"long\",\"language\":null,\"consent\":\"yes\"}"));
  }

  record Rigid(Change<@NotNull String> name) {}

  record Answered(Change<String> name) {}

  @Test
  void aChangeThatMustBeThereOrIsAnsweredIsAMistakeOfOurs() {
    assertThrows(IllegalStateException.class, () -> RecordShape.ofRequest(Rigid.class));
    assertThrows(
        IllegalStateException.class, () -> RecordShape.of(Answered.class, RecordShape.Use.ANSWER));
  }
}
