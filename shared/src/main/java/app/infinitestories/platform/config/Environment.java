package app.infinitestories.platform.config;

import app.infinitestories.platform.Redacted;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads environment variables into typed values. A bad or missing one is remembered and answered
 * with a placeholder, so that {@link #check} can report all of them together; every variable that
 * is asked for is also described, which is what docs/configuration.md is generated from.
 */
public final class Environment {
  /** One variable as the documentation shows it. */
  public record Variable(String name, String fallback, boolean secret, String description) {}

  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Variable> asked = new TreeMap<>();

  public Environment(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Text that must be there. */
  public String text(String name, String description) {
    describe(name, "(required)", false, description);
    return given(name)
        .orElseGet(() -> {
          problems.add(name + " is not set: " + description);
          return "unset";
        });
  }

  /** Text with a default. */
  public String text(String name, String fallback, String description) {
    describe(name, fallback, false, description);
    return given(name).orElse(fallback);
  }

  /** Text that may be absent. */
  public Optional<String> optional(String name, String description) {
    describe(name, "", false, description);
    return given(name);
  }

  /** A secret that must be there; never printed. */
  public Redacted<String> secret(String name, String description) {
    describe(name, "(required)", true, description);
    return new Redacted<>(
        given(name)
            .orElseGet(() -> {
              problems.add(name + " is not set: " + description);
              return "unset";
            }));
  }

  /** A secret that may be absent; never printed. */
  public Optional<Redacted<String>> optionalSecret(String name, String description) {
    describe(name, "", true, description);
    return given(name).map(Redacted::new);
  }

  /** A whole number within bounds, both included. */
  public int integer(String name, int fallback, int min, int max, String description) {
    return parsed(
        name,
        fallback,
        description,
        raw -> {
          int value = wholeNumber(raw);
          if (value < min || value > max) {
            throw new IllegalArgumentException("must be from " + min + " to " + max);
          }
          return value;
        });
  }

  /** An amount of money or another exact decimal, greater than 0. */
  public BigDecimal positiveDecimal(String name, String fallback, String description) {
    return parsed(
        name,
        new BigDecimal(fallback),
        description,
        raw -> {
          BigDecimal value = exact(raw);
          if (value.signum() <= 0) {
            throw new IllegalArgumentException("must be above 0");
          }
          return value;
        });
  }

  /** {@code true} or {@code false}, nothing else. */
  public boolean flag(String name, boolean fallback, String description) {
    return parsed(
        name,
        fallback,
        description,
        raw -> {
          if (!raw.equals("true") && !raw.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
          }
          return raw.equals("true");
        });
  }

  /** A length of time, given in whole seconds. */
  public Duration seconds(String name, int fallback, String description) {
    return Duration.ofSeconds(integer(name, fallback, 0, Integer.MAX_VALUE, description));
  }

  /** An absolute http or https address. */
  public URI url(String name, String fallback, String description) {
    return parsed(name, URI.create(fallback), description, Environment::absolute);
  }

  /** An absolute http or https address that may be absent. */
  public Optional<URI> optionalUrl(String name, String description) {
    describe(name, "", false, description);
    return given(name)
        .flatMap(raw -> {
          try {
            return Optional.of(absolute(raw));
          } catch (IllegalArgumentException e) {
            problems.add(name + " " + e.getMessage());
            return Optional.empty();
          }
        });
  }

  /** One of a closed set of words, the names of an enum in lower case. */
  public <E extends Enum<E>> E choice(String name, E fallback, String description) {
    describe(name, word(fallback), false, description);
    Optional<String> raw = given(name);
    E[] choices = fallback.getDeclaringClass().getEnumConstants();
    for (E choice : choices) {
      if (raw.isPresent() && raw.get().equalsIgnoreCase(word(choice))) {
        return choice;
      }
    }
    raw.ifPresent(bad ->
        problems.add(
            "%s is \"%s\": must be one of %s"
                .formatted(
                    name,
                    bad,
                    Arrays.stream(choices)
                        .map(Environment::word)
                        .collect(Collectors.joining(", ")))));
    return fallback;
  }

  /** Words separated by commas; empty by default. */
  public List<String> list(String name, String description) {
    describe(name, "", false, description);
    return given(name)
        .map(raw -> Arrays.stream(raw.split("\\s*,\\s*")).filter(word -> !word.isEmpty()).toList())
        .orElse(List.of());
  }

  /** Adds a problem that concerns more than one variable. */
  public void problem(String text) {
    problems.add(text);
  }

  /** Throws {@link ConfigurationException} naming everything that was wrong so far. */
  public void check() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Every variable that was asked for, by name. */
  public List<Variable> variables() {
    return List.copyOf(asked.values());
  }

  /** The names of the variables that are set, for rules about whole groups of them. */
  public List<String> namesSet() {
    return values.keySet().stream().filter(name -> given(name).isPresent()).sorted().toList();
  }

  private <T> T parsed(String name, T fallback, String description, Function<String, T> parse) {
    describe(name, String.valueOf(fallback), false, description);
    Optional<String> raw = given(name);
    if (raw.isEmpty()) {
      return fallback;
    }
    try {
      return parse.apply(raw.get());
    } catch (IllegalArgumentException e) {
      problems.add(name + " is \"" + raw.get() + "\": " + e.getMessage());
      return fallback;
    }
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static int wholeNumber(String raw) {
    try {
      return Integer.parseInt(raw);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static BigDecimal exact(String raw) {
    try {
      return new BigDecimal(raw);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a decimal number", e);
    }
  }

  private static URI absolute(String raw) {
    URI uri = URI.create(raw);
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("must be an absolute http or https address");
    }
    return uri;
  }

  private Optional<String> given(String name) {
    String value = values.get(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  private void describe(String name, String fallback, boolean secret, String description) {
    asked.put(name, new Variable(name, fallback, secret, description));
  }
}
