package app.infinitestories.platform.config;

import java.util.List;

/** The environment does not describe a runnable system; names every bad variable at once. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(List<String> problems) {
    super("configuration:\n  " + String.join("\n  ", problems));
  }
}
