package app.infinitestories.functions.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.infinitestories.functions.api.ApiRoutes;
import app.infinitestories.functions.web.ApiDocuments;
import app.infinitestories.functions.web.FixedSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is checked in under docs/api is what is mounted. After a change that was meant, write it
 * anew with {@code mvn -pl functions -am test -Dtest=ApiDocumentsTest -Dgolden.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false} and review the difference.
 */
class ApiDocumentsTest {
  private static final Path DOCS = Path.of("..", "docs", "api");
  private static final String VERSION = "0.1.0";

  /** Nothing is called: the documents are made of what is mounted. */
  private final ApiRoutes routes =
      new Wiring(
              Settings.of(
                  Map.of(
                      "ENVIRONMENT", "local",
                      "GOOGLE_CLOUD_PROJECT", "demo-documents",
                      "FIRESTORE_EMULATOR_HOST", "127.0.0.1:1",
                      "CLOUD_TASKS_EMULATOR_HOST", "127.0.0.1:1",
                      "OPENAI_API_KEY", "sample",
                      "RUNWAY_API_KEY", "sample")))
          .api()
          .routes();

  @Test
  void theListOfRoutesIsWhatIsMounted() throws IOException {
    compare("routes.txt", ApiDocuments.routeList(routes));
  }

  @Test
  void theOpenApiDocumentIsWhatIsMounted() throws IOException {
    compare("openapi.json", ApiDocuments.openApi(routes, VERSION));
  }

  @Test
  void whatNoStoryCanBeCalledFollowsFromWhatIsMounted() {
    assertEquals(
        Set.of("discovery", "favorites", "continue-watching"),
        FixedSegments.insteadOf("/api/v1/stories/{storyId}", routes).get());
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
