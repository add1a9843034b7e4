package app.infinitestories.local.cli;

import app.infinitestories.local.auth.SampleUsers;
import app.infinitestories.local.stack.StackSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev token}: an ID token of a user of the running stack, and nothing else. */
@Command(
    name = "token",
    description = "Prints an ID token of the running stack's Auth emulator.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Option(names = "--uid", paramLabel = "U", defaultValue = "sample-parent")
  private String uid = "sample-parent";

  @Option(names = "--admin", description = "With the custom claim role=admin.")
  private boolean admin;

  @Override
  public Integer call() {
    var environment = System.getenv();
    var host = environment.get("FIREBASE_AUTH_EMULATOR_HOST");
    var project = environment.getOrDefault("GOOGLE_CLOUD_PROJECT", StackSettings.PROJECT_ID);
    if (host == null) {
      var stack = RunningStack.require(Dev.project());
      host = stack.path("authHost").asText();
      project = stack.path("projectId").asText();
    }
    System.out.println(new SampleUsers(host, project).idToken(uid, admin));
    return 0;
  }
}
