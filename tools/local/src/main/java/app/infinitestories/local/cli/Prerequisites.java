package app.infinitestories.local.cli;

import app.infinitestories.local.firestore.FirestoreEmulatorJar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a machine needs to run the stack, and how to get what is missing. */
final class Prerequisites {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

  /**
   * One finding.
   *
   * @param found what was found, if anything good enough was
   */
  record Finding(String what, boolean required, Optional<String> found, String howToGet) {}

  private Prerequisites() {}

  /** Looks for everything; starts each program once. */
  static List<Finding> check(Map<String, String> environment) {
    var findings = new ArrayList<Finding>();
    findings.add(jdk());
    findings.add(
        new Finding(
            "Maven 3.8.7 or newer",
            true,
            versionOf("mvn", "--version").filter(v -> atLeast(v, 3, 8, 7)),
            "Install Maven (https://maven.apache.org/install.html; Debian: apt-get install maven)."));
    findings.add(
        new Finding(
            "Node 20 or newer",
            true,
            versionOf("node", "--version").filter(v -> atLeast(v, 20, 0, 0)),
            "Install Node 20 or newer (https://nodejs.org)."));
    findings.add(
        new Finding(
            "npm",
            true,
            versionOf("npm", "--version"),
            "npm comes with Node (https://nodejs.org; Debian: apt-get install npm)."));
    findings.add(firestore(environment));
    findings.add(
        new Finding(
            "espeak-ng (narration in languages other than English)",
            false,
            versionOf("espeak-ng", "--version"),
            "Debian: apt-get install espeak-ng; macOS: brew install espeak-ng."));
    return findings;
  }

  /** What is required and can be looked for without starting a program. */
  static List<Finding> quick(Map<String, String> environment) {
    return List.of(
        jdk(),
        new Finding("Node 20 or newer", true, onPath(environment, "node"), "https://nodejs.org"),
        firestore(environment));
  }

  private static Finding jdk() {
    var version = Runtime.version();
    return new Finding(
        "JDK 25",
        true,
        Optional.of(version.toString()).filter(_ -> version.feature() >= 25),
        "Install a JDK 25, for example Temurin (https://adoptium.net/temurin/releases/?version=25),"
            + " or point JAVA25_HOME at one.");
  }

  private static Finding firestore(Map<String, String> environment) {
    var outside = Optional.ofNullable(environment.get("FIRESTORE_EMULATOR_HOST"));
    return new Finding(
        "Firestore emulator",
        true,
        outside.or(() -> FirestoreEmulatorJar.find(environment).map(Object::toString)),
        FirestoreEmulatorJar.HOW_TO_GET);
  }

  private static Optional<String> onPath(Map<String, String> environment, String program) {
    for (String folder :
        environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
      var file = java.nio.file.Path.of(folder, program);
      if (!folder.isBlank() && java.nio.file.Files.isExecutable(file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> versionOf(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      var version = VERSION.matcher(output);
      return version.find() ? Optional.of(version.group()) : Optional.of("a version");
    } catch (IOException e) {
      return Optional.empty(); // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static boolean atLeast(String version, int major, int minor, int patch) {
    var match = VERSION.matcher(version);
    if (!match.find()) {
      return false;
    }
    int[] wanted = {major, minor, patch};
    for (int i = 0; i < wanted.length; i++) {
      int have = Integer.parseInt(match.group(i + 1));
      if (have != wanted[i]) {
        return have > wanted[i];
      }
    }
    return true;
  }
}
