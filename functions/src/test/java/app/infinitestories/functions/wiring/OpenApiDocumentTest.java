package app.infinitestories.functions.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.infinitestories.local.node.NodePackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in document is valid by the schema that the OpenAPI Initiative publishes. */
class OpenApiDocumentTest {
  private static final NodePackages SESSION = new NodePackages("app-session");

  @Test
  void theDocumentIsValidOpenApi() throws IOException, InterruptedException {
    Path packages = SESSION.install(System.getenv());

    Process validator =
        new ProcessBuilder(
                "node",
                SESSION.script("validate-openapi.mjs", packages).toString(),
                Path.of("..", "docs", "api", "openapi.json").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(validator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, validator.waitFor(), said);
    assertEquals("OpenAPI 3.1", said.strip());
  }
}
