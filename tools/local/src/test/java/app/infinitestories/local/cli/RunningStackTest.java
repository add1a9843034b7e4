package app.infinitestories.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStackTest {
  @TempDir Path project;

  @Test
  void aStackIsFoundUntilItIsForgotten() {
    RunningStack.write(project, JsonNodeFactory.instance.objectNode().put("projectId", "demo"));

    assertEquals(
        Optional.of("demo"),
        RunningStack.find(project).map(found -> found.path("projectId").asText()));
    RunningStack.forget(project);
    assertTrue(RunningStack.find(project).isEmpty());
    RunningStack.forget(project);
  }

  @Test
  void whoEndsForgetsNoOtherStack() {
    long other = ProcessHandle.current().parent().orElseThrow().pid();
    RunningStack.writeTo(
        project.resolve("target/local-stack/stack.json"),
        JsonNodeFactory.instance.objectNode().put("pid", other));

    RunningStack.forget(project);

    assertTrue(RunningStack.find(project).isPresent());
  }
}
