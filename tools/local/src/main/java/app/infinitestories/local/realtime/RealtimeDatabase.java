package app.infinitestories.local.realtime;

import app.infinitestories.local.node.NodePackages;
import app.infinitestories.local.part.ProcessPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Realtime Database for the Admin SDKs and the client SDKs, as a child process. */
public final class RealtimeDatabase extends ProcessPart {
  private final Optional<Path> rules;

  /**
   * @param rules the product's {@code database.rules.json}; without it everybody may do everything
   */
  public RealtimeDatabase(int port, Optional<Path> rules, Path logs) {
    super("database", port, logs);
    this.rules = rules;
  }

  @Override
  protected List<String> command(int port) {
    var packages = NodePackages.EMULATORS.install(System.getenv());
    return List.of(
        "node",
        NodePackages.EMULATORS.script("realtime.js", packages).toString(),
        packages.toString(),
        Integer.toString(port),
        rules.map(file -> file.toAbsolutePath().toString()).orElse("-"));
  }
}
