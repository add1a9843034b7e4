package app.infinitestories.local.studio.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource of named sections ({@code # name}) with lines below: the plots' outlines, or one
 * language's sentences.
 */
record StoryText(String name, Map<String, List<String>> sections) {

  static StoryText load(String name) {
    try (InputStream in = StoryText.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource missing beside StoryText: " + name);
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static StoryText parse(String name, String text) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      if (line.startsWith("# ")) {
        current = new ArrayList<>();
        sections.put(line.substring(2), current);
      } else {
        current.add(line);
      }
    }
    return new StoryText(name, sections);
  }

  /** The lines of a section. */
  List<String> lines(String section) {
    List<String> lines = sections.get(section);
    if (lines == null || lines.isEmpty()) {
      throw new IllegalStateException(name + " has no section " + section);
    }
    return lines;
  }

  /** The value of a {@code key: value} line in a section. */
  String value(String section, String key) {
    return lines(section).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(name + ", section " + section + " has no line " + key));
  }
}
