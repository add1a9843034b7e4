package app.infinitestories.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** How many tests passed, failed and were skipped, summed from surefire's reports. */
record TestTotals(int passed, int failed, int skipped) {

  /** Sums the reports that were written since then. */
  static TestTotals of(Path project, FileTime since) throws IOException {
    List<Path> reports;
    try (var files = Files.walk(project, 5)) {
      reports =
          files
              .filter(TestCommand::isReport)
              .filter(file -> lastModified(file).compareTo(since) >= 0)
              .toList();
    }
    var totals = new TestTotals(0, 0, 0);
    for (Path report : reports) {
      totals = totals.plus(read(report));
    }
    return totals;
  }

  private TestTotals plus(TestTotals other) {
    return new TestTotals(passed + other.passed, failed + other.failed, skipped + other.skipped);
  }

  private static TestTotals read(Path report) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element suite = factory.newDocumentBuilder().parse(report.toFile()).getDocumentElement();
      int tests = number(suite, "tests");
      int failed = number(suite, "failures") + number(suite, "errors");
      int skipped = number(suite, "skipped");
      return new TestTotals(tests - failed - skipped, failed, skipped);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("Not a test report: " + report, e);
    }
  }

  private static int number(Element suite, String attribute) {
    var text = suite.getAttribute(attribute);
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static FileTime lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
  }
}
