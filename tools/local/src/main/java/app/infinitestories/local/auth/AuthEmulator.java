package app.infinitestories.local.auth;

import app.infinitestories.local.node.NodePackages;
import app.infinitestories.local.part.ProcessPart;
import java.nio.file.Path;
import java.util.List;

/** The real Firebase Auth emulator as a child process. */
public final class AuthEmulator extends ProcessPart {
  private final String projectId;

  public AuthEmulator(int port, String projectId, Path logs) {
    super("auth", port, logs);
    this.projectId = projectId;
  }

  @Override
  protected List<String> command(int port) {
    var packages = NodePackages.EMULATORS.install(System.getenv());
    return List.of(
        "node",
        NodePackages.EMULATORS.script("auth.js", packages).toString(),
        packages.toString(),
        Integer.toString(port),
        projectId);
  }
}
