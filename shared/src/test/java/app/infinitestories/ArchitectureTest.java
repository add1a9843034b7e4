package app.infinitestories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The house's arrows point down. A new package is given its level here. */
class ArchitectureTest {
  private static final String ROOT = "app.infinitestories";

  private static final Map<String, Integer> LEVELS =
      levels(
          List.of("platform"),
          List.of("accounts", "audit", "ratelimit", "safety", "usage", "provider"),
          List.of("ai", "film", "jobs", "queue"),
          List.of(
              "users",
              "catalog",
              "engagement",
              "heroes",
              "herostories",
              "userstories",
              "audio",
              "illustrations",
              "events",
              "files",
              "purchases",
              "notifications"),
          List.of("generation", "privacy"));

  private static final int FEATURES = 3;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @SafeVarargs
  private static Map<String, Integer> levels(List<String>... packages) {
    return Stream.iterate(0, i -> i + 1)
        .limit(packages.length)
        .flatMap(level -> packages[level].stream().map(name -> Map.entry(name, level)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The first package below the root: the house's room that a class is in. */
  private static String room(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
  }

  private static Stream<Dependency> arrowsBetweenRooms() {
    return ours()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(arrow -> isOurs(arrow.getTargetClass()))
        .filter(arrow -> !room(arrow.getOriginClass()).equals(room(arrow.getTargetClass())));
  }

  private static Stream<JavaClass> ours() {
    return CLASSES.stream().filter(ArchitectureTest::isOurs);
  }

  /** The tools share the root package's name, but not the house. */
  private static boolean isOurs(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT + ".")
        && !name.startsWith(ROOT + ".local")
        && !name.startsWith(ROOT + ".testkit")
        && !name.startsWith(ROOT + ".functions");
  }

  @Test
  void everyPackageHasALevel() {
    var homeless =
        ours()
            .map(ArchitectureTest::room)
            .filter(room -> !LEVELS.containsKey(room))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<String>(), homeless, "packages without a level");
  }

  @Test
  void arrowsPointDown() {
    var offending =
        arrowsBetweenRooms()
            .filter(arrow ->
                LEVELS.getOrDefault(room(arrow.getOriginClass()), 0)
                    < LEVELS.getOrDefault(room(arrow.getTargetClass()), 0))
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals("", String.join("\n", offending), "arrows that point up");
  }

  @Test
  void featuresDoNotImportEachOthersInsides() {
    var offending =
        arrowsBetweenRooms()
            .filter(arrow -> levelOf(arrow.getOriginClass()) == FEATURES)
            .filter(arrow -> levelOf(arrow.getTargetClass()) == FEATURES)
            .filter(arrow ->
                !arrow
                    .getTargetClass()
                    .getPackageName()
                    .equals(ROOT + "." + room(arrow.getTargetClass())))
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals("", String.join("\n", offending), "looks into another feature's insides");
  }

  private static int levelOf(JavaClass type) {
    return LEVELS.getOrDefault(room(type), 0);
  }

  @Test
  void nothingHereKnowsHttpOrEntryPoints() {
    var offending =
        ours()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(arrow ->
                arrow.getTargetClass().getPackageName().startsWith("com.google.cloud.functions"))
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals("", String.join("\n", offending), "knows the functions framework");
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        ours()
            .map(JavaClass::getPackage)
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<String>(), unmarked, "packages without @NullMarked");
  }
}
