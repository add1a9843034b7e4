package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is wrong with a request, by path of the field; collects, so that all is told at once. */
final class Problems {
  private final Map<String, String> byPath = new LinkedHashMap<>();

  /** Notes a problem; the first one of a field is kept. */
  void add(String path, String problem) {
    byPath.putIfAbsent(path, problem);
  }

  int count() {
    return byPath.size();
  }

  /** Throws what was collected, if anything was. */
  void throwIfAny() {
    if (!byPath.isEmpty()) {
      throw new Failure.BadInput(byPath);
    }
  }
}
