package app.infinitestories.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON API's {@code fields} parameter, for example {@code items(name,size),nextPageToken}: what
 * was not asked for is not answered, so that nobody relies on it.
 */
final class FieldMask {
  private final String text;
  private int at;

  private FieldMask(String text) {
    this.text = text;
  }

  static JsonNode apply(String mask, JsonNode json) {
    var parser = new FieldMask(mask);
    var wanted = parser.selection();
    if (parser.at < mask.length()) {
      throw StorageFault.invalid("Invalid field selection " + mask);
    }
    return select(wanted, json);
  }

  /** No fields stand for all of them. */
  private record Selection(Map<String, Selection> fields) {
    Selection and(Selection other) {
      if (fields.isEmpty() || other.fields.isEmpty()) {
        return new Selection(Map.of());
      }
      var both = new LinkedHashMap<>(fields);
      other.fields.forEach((name, inner) -> both.merge(name, inner, Selection::and));
      return new Selection(both);
    }
  }

  private Selection selection() {
    var fields = new LinkedHashMap<String, Selection>();
    do {
      int start = at;
      while (at < text.length() && ",()/".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      var name = text.substring(start, at).strip();
      if (name.isEmpty()) {
        throw StorageFault.invalid("Invalid field selection " + text);
      }
      fields.merge(name, inner(), Selection::and);
    } while (take(','));
    return new Selection(fields);
  }

  private Selection inner() {
    if (take('/')) {
      int start = at;
      while (at < text.length() && ",()/".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      var name = text.substring(start, at);
      return new Selection(Map.of(name, inner()));
    }
    if (take('(')) {
      var selection = selection();
      if (!take(')')) {
        throw StorageFault.invalid("Invalid field selection " + text);
      }
      return selection;
    }
    return new Selection(Map.of());
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private static JsonNode select(Selection wanted, JsonNode json) {
    if (wanted.fields().isEmpty() || wanted.fields().containsKey("*")) {
      return json;
    }
    if (json.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      json.forEach(element -> array.add(select(wanted, element)));
      return array;
    }
    var object = JsonNodeFactory.instance.objectNode();
    wanted
        .fields()
        .forEach((name, inner) -> {
          var value = json.get(name);
          if (value != null) {
            object.set(name, select(inner, value));
          }
        });
    return object;
  }
}
