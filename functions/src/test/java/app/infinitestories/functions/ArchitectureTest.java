package app.infinitestories.functions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the router, the API, the wiring and the entry points. */
class ArchitectureTest {
  private static final String ROOT = "app.infinitestories.functions";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void theRouterKnowsNoFeature() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".web..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".web..",
            "app.infinitestories.platform..",
            "app.infinitestories.ratelimit..",
            "java..",
            "javax..",
            "jakarta..",
            "com..",
            "io..",
            "org..")
        .check(CLASSES);
  }

  @Test
  void routesKnowNeitherWiringNorEntryPoints() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".web..", ROOT + ".api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".wiring..", ROOT + ".entry..")
        .check(CLASSES);
  }

  @Test
  void noHandlerTouchesTheFramework() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".web..", ROOT + ".entry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.cloud.functions..")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<String>(), unmarked, "packages without @NullMarked");
  }
}
