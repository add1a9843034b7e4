package app.infinitestories.local.fcm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.CaseFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Message resource of the FCM HTTP v1 API
 * (https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages): which fields it has,
 * what they hold, and how large a message may be.
 */
final class MessageSchema {
  /** Keys and values of data and notification together. */
  private static final int MAX_PAYLOAD_BYTES = 4_096;

  private static final List<String> TARGETS = List.of("token", "fid", "topic", "condition");

  private sealed interface Kind {}

  private enum Scalar implements Kind {
    STRING,
    BOOLEAN,
    NUMBER,
    STRING_MAP,
    LIST,
    /** Any JSON object: the APNs payload belongs to Apple. */
    STRUCT
  }

  private record Fields(Map<String, Kind> fields) implements Kind {}

  private static final Fields FCM_OPTIONS = fields(strings("analytics_label"));

  private static final Fields ANDROID_NOTIFICATION =
      fields(
          strings(
              "title",
              "body",
              "icon",
              "color",
              "sound",
              "tag",
              "click_action",
              "body_loc_key",
              "title_loc_key",
              "channel_id",
              "ticker",
              "event_time",
              "notification_priority",
              "visibility",
              "image",
              "proxy"),
          of(Scalar.LIST, "body_loc_args", "title_loc_args", "vibrate_timings"),
          of(
              Scalar.BOOLEAN,
              "sticky",
              "local_only",
              "default_sound",
              "default_vibrate_timings",
              "default_light_settings",
              "bypass_proxy_notification"),
          of(Scalar.NUMBER, "notification_count"),
          of(Scalar.STRUCT, "light_settings"));

  private static final Fields MESSAGE =
      fields(
          strings("name", "token", "fid", "topic", "condition"),
          of(Scalar.STRING_MAP, "data"),
          of(fields(strings("title", "body", "image")), "notification"),
          of(
              fields(
                  strings("collapse_key", "priority", "ttl", "restricted_package_name"),
                  of(Scalar.STRING_MAP, "data"),
                  of(
                      Scalar.BOOLEAN,
                      "direct_boot_ok",
                      "bandwidth_constrained_ok",
                      "restricted_satellite_ok"),
                  of(ANDROID_NOTIFICATION, "notification"),
                  of(FCM_OPTIONS, "fcm_options")),
              "android"),
          of(
              fields(
                  of(Scalar.STRING_MAP, "headers", "data"),
                  of(Scalar.STRUCT, "notification"),
                  of(fields(strings("link", "analytics_label")), "fcm_options")),
              "webpush"),
          of(
              fields(
                  strings("live_activity_token"),
                  of(Scalar.STRING_MAP, "headers"),
                  of(Scalar.STRUCT, "payload"),
                  of(fields(strings("analytics_label", "image")), "fcm_options")),
              "apns"),
          of(FCM_OPTIONS, "fcm_options"));

  private static final Fields REQUEST =
      fields(of(MESSAGE, "message"), of(Scalar.BOOLEAN, "validate_only"));

  private MessageSchema() {}

  /** A field and what is wrong with it. */
  record Violation(String field, String description) {}

  /** The first thing that the service would refuse. */
  static Optional<Violation> check(JsonNode request) {
    var violations = new ArrayList<Violation>();
    check("", REQUEST, request, violations);
    var message = request.path("message");
    if (violations.isEmpty()) {
      long targets =
          TARGETS.stream().filter(target -> !message.path(target).isMissingNode()).count();
      if (targets != 1) {
        violations.add(
            new Violation("message", "Exactly one of token, fid, topic or condition is required"));
      }
      for (Map.Entry<String, JsonNode> entry : message.path("data").properties()) {
        var key = entry.getKey();
        if (key.equals("from")
            || key.equals("message_type")
            || key.startsWith("google.")
            || key.startsWith("gcm.")) {
          violations.add(new Violation("message.data", "Invalid data payload key: " + key));
        }
      }
      if (payloadBytes(message) > MAX_PAYLOAD_BYTES) {
        violations.add(new Violation("message.data", "Message is too big"));
      }
    }
    return violations.stream().findFirst();
  }

  private static void check(String at, Kind kind, JsonNode value, List<Violation> violations) {
    boolean good =
        switch (kind) {
          case Scalar.STRING -> value.isTextual();
          case Scalar.BOOLEAN -> value.isBoolean();
          case Scalar.NUMBER -> value.isNumber();
          case Scalar.LIST -> value.isArray();
          case Scalar.STRUCT -> value.isObject();
          case Scalar.STRING_MAP ->
              value.isObject()
                  && value.properties().stream().allMatch(entry -> entry.getValue().isTextual());
          case Fields _ -> value.isObject();
        };
    if (!good) {
      violations.add(new Violation(at, "Invalid value at '" + at + "'"));
    } else if (kind instanceof Fields(var fields)) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        // JSON names of protobuf fields: lowerCamelCase, or as in the .proto file
        var name = CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, entry.getKey());
        var inner = fields.get(name);
        var path = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
        if (inner == null) {
          violations.add(
              new Violation(
                  at,
                  "Invalid JSON payload received. Unknown name \"%s\" at '%s': Cannot find field."
                      .formatted(entry.getKey(), at)));
        } else {
          check(path, inner, entry.getValue(), violations);
        }
      }
    }
  }

  private static int payloadBytes(JsonNode message) {
    int bytes = 0;
    for (String part : List.of("data", "notification")) {
      for (Map.Entry<String, JsonNode> entry : message.path(part).properties()) {
        bytes += entry.getKey().getBytes(UTF_8).length;
        bytes += entry.getValue().asText().getBytes(UTF_8).length;
      }
    }
    return bytes;
  }

  private static Map<String, Kind> strings(String... names) {
    return of(Scalar.STRING, names);
  }

  private static Map<String, Kind> of(Kind kind, String... names) {
    var fields = new HashMap<String, Kind>();
    Arrays.stream(names).forEach(name -> fields.put(name, kind));
    return fields;
  }

  @SafeVarargs
  private static Fields fields(Map<String, Kind>... groups) {
    var fields = new HashMap<String, Kind>();
    for (Map<String, Kind> group : groups) {
      fields.putAll(group);
    }
    return new Fields(fields);
  }
}
