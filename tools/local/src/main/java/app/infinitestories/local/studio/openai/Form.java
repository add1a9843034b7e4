package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Request;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A multipart/form-data body (RFC 7578). */
public final class Form {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("(?<![a-z])name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
  private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

  /** One part; {@code fileName} and {@code contentType} are null where the client sent none. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Part(
      String name, @Nullable String fileName, @Nullable String contentType, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private final List<Part> parts;

  private Form(List<Part> parts) {
    this.parts = parts;
  }

  /** The form, or empty if the body is none. */
  public static Optional<Form> read(Request request) {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!request.header("Content-Type").orElse("").startsWith("multipart/form-data")
        || !boundary.find()) {
      return Optional.empty();
    }
    String mark = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
    return parse(request.body(), ("--" + mark).getBytes(StandardCharsets.ISO_8859_1))
        .map(Form::new);
  }

  /** The file parts of any of these names, in order. */
  public List<Part> files(Set<String> names) {
    return parts.stream().filter(part -> names.contains(part.name())).toList();
  }

  /** The text fields except the named ones; a name ending in [] gathers into an array. */
  ObjectNode fields(Set<String> except) {
    ObjectNode node = Json.object();
    for (Part part : parts) {
      if (except.contains(part.name())) {
        continue;
      }
      if (part.name().endsWith("[]")) {
        node.withArrayProperty(part.name()).add(part.text());
      } else {
        node.put(part.name(), part.text());
      }
    }
    return node;
  }

  private static Optional<List<Part>> parse(byte[] body, byte[] mark) {
    List<Part> parts = new ArrayList<>();
    int at = indexOf(body, mark, 0);
    while (at >= 0) {
      int start = at + mark.length;
      if (start + 2 > body.length || (body[start] == '-' && body[start + 1] == '-')) {
        return Optional.of(parts);
      }
      int headersEnd = indexOf(body, HEADERS_END, start);
      int next = indexOf(body, mark, start);
      if (headersEnd < 0 || next < 0 || next < headersEnd + HEADERS_END.length) {
        return Optional.empty();
      }
      String headers = new String(body, start, headersEnd - start, StandardCharsets.UTF_8);
      // the line break before the next boundary belongs to the boundary
      byte[] bytes = Arrays.copyOfRange(body, headersEnd + HEADERS_END.length, next - 2);
      Matcher name = NAME.matcher(headers);
      if (!name.find()) {
        return Optional.empty();
      }
      Matcher fileName = FILE_NAME.matcher(headers);
      parts.add(
          new Part(
              name.group(1), fileName.find() ? fileName.group(1) : null, type(headers), bytes));
      at = next;
    }
    return Optional.empty();
  }

  private static @Nullable String type(String headers) {
    return headers
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
        .map(line -> line.substring("content-type:".length()).strip())
        .findFirst()
        .orElse(null);
  }

  private static int indexOf(byte[] body, byte[] wanted, int from) {
    outer:
    for (int i = from; i <= body.length - wanted.length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (body[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
