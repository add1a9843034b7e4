package app.infinitestories.local.stack;

import app.infinitestories.local.part.Ports;
import app.infinitestories.local.tasks.QueueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a local stack runs.
 *
 * @param project the checkout's folder: rules and built functions are found in it
 * @param environment outside addresses and the studio's settings are read from it; the functions
 *     get it too, read anew whenever one of them starts
 * @param firstPort the API's port, the other parts follow it; {@link Ports#ANY} for free ports
 * @param minute how long a minute of the schedule is
 * @param functions the functions to run; none for the emulators and stand-ins alone
 * @param logs the folder that gets one log per part
 */
public record StackSettings(
    Path project,
    Map<String, String> environment,
    String projectId,
    int firstPort,
    Duration minute,
    List<FunctionSpec> functions,
    Map<String, QueueSettings> queues,
    Path logs) {

  public static final String PROJECT_ID = "demo-infinitestories";
  public static final String LOCATION = "europe-west1";

  /** The product's queues; the names are those that the functions send tasks to. */
  public static final Map<String, QueueSettings> QUEUES =
      Map.of("wake-ups", QueueSettings.DEFAULT, "work", QueueSettings.DEFAULT);

  /** Everything, on free ports, in real time. */
  public static StackSettings of(Path project, Map<String, String> environment) {
    return new StackSettings(
        project.toAbsolutePath().normalize(),
        environment,
        PROJECT_ID,
        Ports.ANY,
        Duration.ofMinutes(1),
        FunctionSpec.ALL,
        QUEUES,
        project.toAbsolutePath().normalize().resolve("target/local-stack"));
  }

  public StackSettings withFirstPort(int port) {
    return new StackSettings(
        project, environment, projectId, port, minute, functions, queues, logs);
  }

  public StackSettings withMinute(Duration length) {
    return new StackSettings(
        project, environment, projectId, firstPort, length, functions, queues, logs);
  }

  public StackSettings withFunctions(List<FunctionSpec> list) {
    return new StackSettings(
        project, environment, projectId, firstPort, minute, list, queues, logs);
  }

  public StackSettings withLogs(Path folder) {
    return new StackSettings(
        project, environment, projectId, firstPort, minute, functions, queues, folder);
  }

  String bucket() {
    return projectId + ".firebasestorage.app";
  }
}
