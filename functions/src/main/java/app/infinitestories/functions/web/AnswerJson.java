package app.infinitestories.functions.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes answers: every field, null where it has no value, times as ISO-8601, enums by wire name.
 */
final class AnswerJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .addModule(
              new SimpleModule()
                  .addSerializer(new AsText<>(Instant.class))
                  .addSerializer(new AsText<>(LocalDate.class))
                  .addSerializer(new EnumText()))
          .build();

  private AnswerJson() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("cannot write " + value.getClass(), unwritable);
    }
  }

  private static final class AsText<T> extends StdSerializer<T> {
    AsText(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider all) throws IOException {
      out.writeString(value.toString());
    }
  }

  @SuppressWarnings("rawtypes") // Jackson finds the serializer of all enums by the raw class
  private static final class EnumText extends StdSerializer<Enum> {
    EnumText() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(WireNames.of(value));
    }
  }
}
