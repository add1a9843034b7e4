package app.infinitestories.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTotalsTest {
  @TempDir Path project;

  @Test
  void sumsTheReportsOfAllModules() throws Exception {
    report("shared", "TEST-a.xml", "tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"1\"", 2_000);
    report("tools/local", "TEST-b.xml", "tests=\"3\" failures=\"0\" errors=\"0\"", 2_000);

    assertEquals(
        "5 passed, 2 failed, 1 skipped",
        TestTotals.of(project, FileTime.fromMillis(1_000)).toString());
  }

  @Test
  void reportsOfAnEarlierRunDoNotCount() throws Exception {
    report("shared", "TEST-old.xml", "tests=\"5\"", 500);

    assertEquals(0, TestTotals.of(project, FileTime.fromMillis(1_000)).passed());
  }

  @Test
  void versionsAreComparedByTheirNumbers() {
    assertTrue(Prerequisites.atLeast("3.8.7", 3, 8, 7));
    assertTrue(Prerequisites.atLeast("3.10.0", 3, 8, 7));
    assertTrue(Prerequisites.atLeast("v20.20.2", 20, 0, 0));
    assertFalse(Prerequisites.atLeast("3.8.6", 3, 8, 7));
    assertFalse(Prerequisites.atLeast("18.1.0", 20, 0, 0));
    assertFalse(Prerequisites.atLeast("none", 1, 0, 0));
  }

  private void report(String module, String name, String attributes, long writtenAt)
      throws Exception {
    var folder = Files.createDirectories(project.resolve(module + "/target/surefire-reports"));
    var file = Files.writeString(folder.resolve(name), "<testsuite " + attributes + "/>");
    Files.setLastModifiedTime(file, FileTime.fromMillis(writtenAt));
  }
}
