package app.infinitestories.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.infinitestories.functions.api.health.HealthRoutes;
import app.infinitestories.functions.api.health.Readiness;
import app.infinitestories.functions.web.ApiDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is checked in under docs/api is what is mounted. After a change that was meant, write it
 * anew with {@code mvn -pl functions -am test -Dtest=ApiDocumentsTest -Dgolden.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false} and review the difference.
 */
class ApiDocumentsTest {
  private static final Path DOCS = Path.of("..", "docs", "api");
  private static final String VERSION = "1";

  private final ApiRoutes routes =
      new ApiRoutes(
          VERSION,
          new HealthRoutes(
              VERSION, new Readiness(List.of(), List::of, Duration.ZERO, Clock.systemUTC())));

  @Test
  void theListOfRoutesIsWhatIsMounted() throws IOException {
    compare("routes.txt", ApiDocuments.routeList(routes));
  }

  @Test
  void theOpenApiDocumentIsWhatIsMounted() throws IOException {
    compare("openapi.json", ApiDocuments.openApi(routes, VERSION));
  }

  private static void compare(String name, String generated) throws IOException {
    Path file = DOCS.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(DOCS);
      Files.writeString(file, generated);
    }
    assertEquals(Files.readString(file), generated, name + " differs; see this test's comment");
  }
}
