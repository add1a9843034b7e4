package app.infinitestories.testkit;

import app.infinitestories.local.stack.FunctionSpec;
import app.infinitestories.local.stack.LocalStack;
import app.infinitestories.local.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** One local stack for all tests of the JVM that want the same one, ended with the JVM. */
public final class LocalStackExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

  /** Scheduled functions come by often, so that no test waits a minute for them. */
  private static final Duration MINUTE = Duration.ofSeconds(2);

  @Override
  public void beforeAll(ExtensionContext context) {
    stack(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return stack(context);
  }

  private static LocalStack stack(ExtensionContext context) {
    boolean functions =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), LocalStackTest.class)
            .map(LocalStackTest::functions)
            .orElse(false);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            "functions=" + functions,
            key ->
                LocalStack.start(
                    StackSettings.of(Checkout.folder(), System.getenv())
                        .withMinute(MINUTE)
                        .withFunctions(functions ? FunctionSpec.ALL : List.of())
                        .withLogs(Path.of("target", "local-stack").toAbsolutePath())),
            LocalStack.class);
  }
}
