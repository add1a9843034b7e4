package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A node of the Realtime Database, kept up to date by writes to it and below it. */
final class RealtimeNode {
  private JsonNode value = MissingNode.getInstance();

  /** As of now; missing when it does not exist. */
  JsonNode value() {
    return value.deepCopy();
  }

  /**
   * Takes a write.
   *
   * @param below the written place relative to the node, for example {@code /eta}; empty for itself
   * @param written null deletes, as in the database
   */
  void set(String below, JsonNode written) {
    var keys = below.replaceAll("^/+|/+$", "");
    if (keys.isEmpty()) {
      value = written.isNull() ? MissingNode.getInstance() : written;
      return;
    }
    var parent =
        value instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    value = parent;
    var path = keys.split("/+", -1);
    for (int i = 0; i + 1 < path.length; i++) {
      parent = parent.path(path[i]) instanceof ObjectNode child ? child : parent.putObject(path[i]);
    }
    if (written.isNull()) {
      parent.remove(path[path.length - 1]);
    } else {
      parent.set(path[path.length - 1], written);
    }
  }
}
