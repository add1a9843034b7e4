package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as its standard says and no other way: UTF-8, no key twice, nothing behind the value;
 * and nothing that the stores could not hold: no nesting deeper than 64, no NUL and no half
 * characters in keys. Values are left to whoever knows their fields, see {@link #problem}.
 */
final class StrictJson {
  static final int DEEPEST = 64;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  private StrictJson() {}

  /**
   * The value that some bytes write.
   *
   * @throws Failure.BadInput with MALFORMED_JSON if they do not
   */
  static JsonNode read(byte[] bytes) {
    JsonNode value;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      value = READER.readTree(text);
    } catch (CharacterCodingException notUtf8) {
      throw Failure.BadInput.malformed("The body is not UTF-8.");
    } catch (JsonProcessingException | NumberFormatException notJson) {
      // the parser's own message quotes the body: it stays here
      throw Failure.BadInput.malformed("The body is not valid JSON.");
    }
    if (value.isMissingNode()) {
      throw Failure.BadInput.malformed("The body is empty.");
    }
    checkKeys(value);
    return value;
  }

  private static void checkKeys(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!isStorable(key)) {
            throw Failure.BadInput.malformed("The body has a character that is not allowed.");
          }
        });
    node.forEach(StrictJson::checkKeys);
  }

  /** What in a value, or in what it holds, the stores could not keep; null if nothing. */
  static @Nullable String problem(JsonNode node) {
    if (node.isTextual()) {
      return isStorable(node.textValue()) ? null : "has a character that is not allowed";
    }
    if (node.isNumber()) {
      return Double.isInfinite(node.doubleValue()) ? "is out of range" : null;
    }
    for (JsonNode each : node) {
      String problem = problem(each);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** Whether a text has neither NUL nor half of a surrogate pair. */
  static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
