package app.infinitestories.functions.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer on its way to the wire: headers may still be added. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared or changed
record Outgoing(int status, Map<String, String> headers, byte[] body) {
  static final String JSON = "application/json; charset=utf-8";

  Outgoing(int status, byte[] body) {
    this(status, new LinkedHashMap<>(), body);
  }

  static Outgoing json(int status, byte[] body) {
    Outgoing answer = new Outgoing(status, body);
    answer.headers().put("Content-Type", JSON);
    return answer;
  }
}
