package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.contract.OpenApiContract;
import app.infinitestories.local.node.NodePackages;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evening with the app, by the public Firebase SDK: see {@code src/test/node/app-session}. */
@ProductTest
class AppSessionTest {
  private static final NodePackages SESSION = new NodePackages("app-session");
  private static final JsonMapper JSON = JsonMapper.builder().findAndAddModules().build();

  private final Product product;

  AppSessionTest(Product product) {
    this.product = product;
  }

  @BeforeEach
  void fresh() {
    product.fresh();
  }

  @Test
  void aFamilyBrowsesWatchesResumesAndGetsItsOwnFilm(@TempDir Path folder)
      throws IOException, InterruptedException {
    // given
    SampleCatalog.publish(product);
    var stack = product.stack();
    Path addresses = folder.resolve("up.json");
    JSON.writeValue(
        addresses.toFile(),
        Map.of(
            "projectId", stack.projectId(),
            "apiUrl", stack.part("api").address(),
            "authHost", stack.part("auth").host(),
            "databaseHost", stack.part("database").host(),
            "fcmUrl", stack.part("fcm").address()));
    Path photo = folder.resolve("photo.jpg");
    Files.write(photo, Family.photo());
    Path exchanges = folder.resolve("exchanges.jsonl");

    // when
    Path packages = SESSION.install(System.getenv());
    Process session =
        new ProcessBuilder(
                "node",
                SESSION.script("session.mjs", packages).toString(),
                addresses.toString(),
                photo.toString(),
                exchanges.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // then
    assertEquals(0, session.waitFor(), said);
    assertTrue(said.contains("said good night"), said);

    // and: every answer was one that the document describes
    OpenApiContract contract = OpenApiContract.checkedIn();
    List<String> lines = Files.readAllLines(exchanges);
    assertTrue(lines.size() > 20, said);
    for (String line : lines) {
      contract.check(JSON.readValue(line, OpenApiContract.Exchange.class));
    }
  }
}
