package app.infinitestories.functions.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One product for all tests of the JVM, ended with it. */
final class ProductExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ProductExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    product(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Product.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return product(context);
  }

  private static Product product(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            Product.class,
            key -> {
              try {
                return Product.start();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            Product.class);
  }
}
