package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a request brings: the body's bytes with 413 and 415, then the input with 400. */
final class RequestReader {
  static final int LARGEST_BODY = 1 << 20;
  private static final byte[] NOTHING = {};

  private RequestReader() {}

  /** The bytes of the body, if the endpoint wants one. */
  static byte[] body(Incoming incoming, Endpoint<?, ?> endpoint) {
    if (!(endpoint.input() instanceof Endpoint.Input.Body<?>)) {
      return NOTHING;
    }
    if (incoming.declaredLength() > LARGEST_BODY) {
      throw new Failure.TooLarge(LARGEST_BODY);
    }
    byte[] bytes;
    try {
      bytes = incoming.body().readNBytes(LARGEST_BODY + 1);
    } catch (IOException broken) {
      throw Failure.BadInput.malformed("The body broke off.");
    }
    if (bytes.length > LARGEST_BODY) {
      throw new Failure.TooLarge(LARGEST_BODY);
    }
    if (!incoming.headerValues("Content-Encoding").isEmpty()) {
      throw new Failure.UnsupportedMedia("Send the body without a Content-Encoding.");
    }
    // of a form in parts the framework leaves nothing here, so that it only looks like no body
    if ((bytes.length > 0 || incoming.isMultipart())
        && !isJson(incoming.headerValues("Content-Type"))) {
      throw new Failure.UnsupportedMedia("Send the body as application/json.");
    }
    return bytes;
  }

  private static boolean isJson(List<String> contentTypes) {
    if (contentTypes.size() != 1) {
      return false;
    }
    String[] parts = contentTypes.getFirst().split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }

  /** The handler's second argument; every problem of body, query and headers at once. */
  static <I> I input(Incoming incoming, Endpoint<?, I> endpoint, byte[] body) {
    Problems problems = new Problems();
    if (endpoint.idempotent()) {
      IdempotencyKey.check(incoming, problems);
    }
    I input = read(incoming, endpoint.input(), body, problems);
    problems.throwIfAny();
    if (input == null) {
      throw new IllegalStateException("no input and no problem: " + endpoint.name());
    }
    return input;
  }

  @SuppressWarnings("unchecked") // None is an Input<Nobody>: there I is Nobody
  private static <I> @Nullable I read(
      Incoming incoming, Endpoint.Input<I> input, byte[] body, Problems problems) {
    return switch (input) {
      case Endpoint.Input.None none -> (I) Nobody.NOBODY;
      case Endpoint.Input.Query<I>(RecordShape<I> shape) ->
          shape.readQuery(query(incoming.rawQuery(), problems), problems);
      case Endpoint.Input.Body<I>(RecordShape<I> shape) -> {
        JsonNode json =
            body.length == 0 ? JsonNodeFactory.instance.objectNode() : StrictJson.read(body);
        yield shape.read(json, "", problems);
      }
    };
  }

  private static Map<String, List<String>> query(String raw, Problems problems) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (name == null || value == null) {
        problems.add(name == null ? "query" : name, "is not properly encoded");
      } else {
        parameters.computeIfAbsent(name, fresh -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static @Nullable String decode(String text) {
    String plain = RouteTable.PercentCoding.decode(text, true);
    return plain == null || !StrictJson.isStorable(plain) ? null : plain;
  }
}
