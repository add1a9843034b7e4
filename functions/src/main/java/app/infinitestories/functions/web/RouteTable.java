package app.infinitestories.functions.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request in a tree of path segments. A fixed segment wins over a parameter;
 * only where nothing lies behind the fixed one is the parameter tried.
 */
final class RouteTable {

  /** What lies at a path. */
  sealed interface Match {
    record Found(Endpoint<?, ?> endpoint, Map<String, String> parameters, List<String> allowed)
        implements Match {}

    /** The path exists; {@code allowed} are its methods, for Allow. */
    record WrongMethod(List<String> allowed) implements Match {}

    record Nothing() implements Match {}
  }

  private static final class Node {
    final Map<String, Node> fixed = new HashMap<>();
    @Nullable Node parameter;
    final Map<String, Endpoint<?, ?>> byMethod = new TreeMap<>();

    Node child(String segment) {
      if (!isParameter(segment)) {
        return fixed.computeIfAbsent(segment, fresh -> new Node());
      }
      Node known = parameter;
      if (known == null) {
        known = new Node();
        parameter = known;
      }
      return known;
    }
  }

  private final Node root = new Node();

  RouteTable(List<Endpoint<?, ?>> endpoints) {
    endpoints.forEach(this::add);
  }

  private void add(Endpoint<?, ?> endpoint) {
    Node node = root;
    var names = new HashSet<String>();
    for (String segment : template(endpoint.path())) {
      if (isParameter(segment) && !names.add(segment)) {
        throw new IllegalStateException(endpoint.name() + " names " + segment + " twice");
      }
      node = node.child(segment);
    }
    Endpoint<?, ?> other = node.byMethod.putIfAbsent(endpoint.method(), endpoint);
    if (other != null) {
      throw new IllegalStateException(endpoint.name() + " is the same as " + other.name());
    }
  }

  Match find(String method, String rawPath) {
    List<String> segments = decode(rawPath);
    Node node = segments == null ? null : descend(root, segments, 0);
    if (segments == null || node == null) {
      return new Match.Nothing();
    }
    List<String> allowed = allowed(node);
    Endpoint<?, ?> endpoint = node.byMethod.get(method.equals("HEAD") ? "GET" : method);
    return endpoint == null
        ? new Match.WrongMethod(allowed)
        : new Match.Found(endpoint, parameters(endpoint, segments), allowed);
  }

  private static @Nullable Node descend(Node node, List<String> segments, int depth) {
    if (depth == segments.size()) {
      return node.byMethod.isEmpty() ? null : node;
    }
    String segment = segments.get(depth);
    Node fixed = node.fixed.get(segment);
    Node found = fixed == null ? null : descend(fixed, segments, depth + 1);
    if (found == null && node.parameter != null && !segment.isEmpty()) {
      found = descend(node.parameter, segments, depth + 1);
    }
    return found;
  }

  /** The fixed segments that stand where a path of the table has its last parameter. */
  Set<String> fixedInsteadOf(String path) {
    List<String> template = template(path);
    Node node = root;
    for (String segment : template.subList(0, template.size() - 1)) {
      Node next = isParameter(segment) ? node.parameter : node.fixed.get(segment);
      if (next == null) {
        throw new IllegalStateException("nothing is mounted at " + path);
      }
      node = next;
    }
    if (node.parameter == null) {
      throw new IllegalStateException("nothing is mounted at " + path);
    }
    return Set.copyOf(node.fixed.keySet());
  }

  private static List<String> allowed(Node node) {
    List<String> methods = new ArrayList<>(node.byMethod.keySet());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    methods.sort(null);
    return List.copyOf(methods);
  }

  private static Map<String, String> parameters(Endpoint<?, ?> endpoint, List<String> segments) {
    List<String> template = template(endpoint.path());
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < template.size(); i++) {
      if (isParameter(template.get(i))) {
        parameters.put(parameterName(template.get(i)), segments.get(i));
      }
    }
    return parameters;
  }

  /** The names of the parameters in a template, in order. */
  static List<String> parameterNames(String path) {
    return template(path).stream()
        .filter(RouteTable::isParameter)
        .map(RouteTable::parameterName)
        .toList();
  }

  private static List<String> template(String path) {
    List<String> segments = split(path);
    if (segments == null || segments.isEmpty() || segments.contains("")) {
      throw new IllegalStateException("not a path template: " + path);
    }
    return segments;
  }

  private static boolean isParameter(String segment) {
    return segment.length() > 2 && segment.charAt(0) == '{' && segment.endsWith("}");
  }

  private static String parameterName(String segment) {
    return segment.substring(1, segment.length() - 1);
  }

  /**
   * The segments behind each slash; a trailing slash leaves an empty one, which nothing matches.
   */
  private static @Nullable List<String> split(String path) {
    if (!path.startsWith("/")) {
      return null;
    }
    List<String> segments = new ArrayList<>();
    int from = 1;
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', from)) {
      segments.add(path.substring(from, slash));
      from = slash + 1;
    }
    segments.add(path.substring(from));
    return segments;
  }

  /**
   * Decodes each segment once, after splitting: an encoded slash is a character, not a separator.
   */
  private static @Nullable List<String> decode(String rawPath) {
    List<String> raw = split(rawPath);
    if (raw == null) {
      return null;
    }
    List<String> decoded = new ArrayList<>(raw.size());
    for (String segment : raw) {
      String plain = PercentCoding.decode(segment, false);
      if (plain == null) {
        return null;
      }
      decoded.add(plain);
    }
    return decoded;
  }

  /** Percent-decoding that knows when a text is not properly encoded UTF-8. */
  static final class PercentCoding {
    private PercentCoding() {}

    /** The decoded text, or null if it is not well-formed. */
    static @Nullable String decode(String text, boolean plusIsSpace) {
      if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
        return text;
      }
      byte[] from = text.getBytes(StandardCharsets.UTF_8);
      ByteBuffer to = ByteBuffer.allocate(from.length);
      for (int i = 0; i < from.length; i++) {
        if (from[i] == '%') {
          int high = i + 1 < from.length ? Character.digit(from[i + 1], 16) : -1;
          int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
          if (high < 0 || low < 0) {
            return null;
          }
          to.put((byte) (high << 4 | low));
          i += 2;
        } else {
          to.put(plusIsSpace && from[i] == '+' ? (byte) ' ' : from[i]);
        }
      }
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString();
      } catch (CharacterCodingException notUtf8) {
        return null;
      }
    }
  }
}
