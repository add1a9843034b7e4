package app.infinitestories.local.stack;

import app.infinitestories.local.part.Jdk;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.ProcessPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One function under Google's functions framework, by the command line that production uses. */
public final class FunctionProcess extends ProcessPart {
  private static final String ENTRY_PACKAGE = "app.infinitestories.functions.entry.";

  private final FunctionSpec spec;
  private final Path functionsModule;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param functionsModule the Maven module's folder, packaged
   * @param environment asked for at each start, when the addresses of the other parts are known
   */
  public FunctionProcess(
      FunctionSpec spec,
      int port,
      Path functionsModule,
      Supplier<Map<String, String>> environment,
      Path logs) {
    super(spec.name(), port, logs);
    this.spec = spec;
    this.functionsModule = functionsModule;
    this.environment = environment;
  }

  public FunctionSpec spec() {
    return spec;
  }

  /**
   * The command that serves the function on a port.
   *
   * @throws PartException when the module was not packaged
   */
  public static List<String> commandLine(FunctionSpec spec, Path functionsModule, int port) {
    var deployment = functionsModule.resolve("target/deployment");
    var command = new ArrayList<String>();
    command.add(Jdk.java());
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-jar");
    command.add(one(functionsModule.resolve("target/invoker"), "java-function-invoker-*.jar"));
    command.add("--classpath");
    command.add(one(deployment, "functions-*.jar"));
    command.addAll(List.of("--target", ENTRY_PACKAGE + spec.entryClass()));
    command.addAll(List.of("--port", Integer.toString(port)));
    return List.copyOf(command);
  }

  @Override
  protected List<String> command(int port) {
    return commandLine(spec, functionsModule, port);
  }

  @Override
  protected Map<String, String> environment() {
    return environment.get();
  }

  /** A function that handles events answers a GET with an error; that it answers is enough. */
  @Override
  protected boolean ready(int status) {
    return true;
  }

  /** A path that no function does work for: a GET of the root would run a scheduled one. */
  @Override
  protected String readyPath() {
    return "/favicon.ico";
  }

  private static String one(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      throw new PartException(
          folder + " is not there: build the functions first, for example with `./dev doctor`");
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      for (Path jar : found) {
        return jar.toString();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new PartException("No " + glob + " in " + folder + ": build the functions first");
  }
}
