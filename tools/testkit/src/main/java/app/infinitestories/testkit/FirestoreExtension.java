package app.infinitestories.testkit;

import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.local.part.Ports;
import com.google.cloud.firestore.Firestore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Firestore emulator for all tests of the JVM, ended with it, and for each test class a project
 * that nobody else writes to. After each test, every account in it has to add up to its ledger.
 */
public final class FirestoreExtension
    implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(FirestoreExtension.class);
  private static final AtomicInteger CLASSES = new AtomicInteger();
  private static final Map<Class<?>, Function<PerClass, Object>> PARAMETERS =
      Map.of(
          Firestore.class, PerClass::client,
          TestProject.class, PerClass::project,
          FirestoreEmulator.class, PerClass::emulator,
          FirestoreCalls.class, PerClass::calls);

  private static @Nullable FirestoreEmulator emulator;

  private record PerClass(
      FirestoreEmulator emulator, TestProject project, Firestore client, FirestoreCalls calls)
      implements AutoCloseable {
    @Override
    public void close() {
      client.shutdownNow();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    perClass(context);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Ledgers.assertAddUp(perClass(context).client());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var value = PARAMETERS.get(parameter.getParameter().getType());
    if (value == null) {
      throw new IllegalArgumentException("Not a Firestore parameter: " + parameter);
    }
    return value.apply(perClass(context));
  }

  /**
   * The emulator that all tests of this JVM share; started by the first who asks, ended with the
   * JVM. Not kept by JUnit: a mutation run asks JUnit for each test by itself, and would start one
   * for each.
   */
  private static synchronized FirestoreEmulator emulator() {
    FirestoreEmulator started = emulator;
    if (started == null) {
      started = new FirestoreEmulator(Ports.ANY, Path.of("target", "emulators"));
      started.start();
      emulator = started;
    }
    return started;
  }

  private static PerClass perClass(ExtensionContext context) {
    // Nested classes share the project of the class around them.
    var outermost = context;
    while (outermost.getParent().filter(p -> p.getTestClass().isPresent()).isPresent()) {
      outermost = outermost.getParent().get();
    }
    var name = outermost.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
    return outermost
        .getStore(NAMESPACE)
        .computeIfAbsent(
            PerClass.class,
            key -> {
              var emulator = emulator();
              var project = new TestProject("demo-" + name + "-" + CLASSES.incrementAndGet());
              var calls = new FirestoreCalls();
              // As to the emulator, but queries need their indexes, and all is counted.
              var client =
                  EmulatorClient.open(
                      emulator.host(),
                      project.id(),
                      new RequiringIndexes(
                          DeclaredIndexes.read(Checkout.file("firestore.indexes.json"))),
                      calls);
              return new PerClass(emulator, project, client, calls);
            },
            PerClass.class);
  }
}
