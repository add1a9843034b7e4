package app.infinitestories.privacy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A service whose n-th call of one method fails, before or after it did its work. */
final class Faulty {
  private Faulty() {}

  static <T> T at(
      Class<T> type,
      T real,
      String method,
      int nth,
      boolean afterwards,
      Supplier<RuntimeException> failure) {
    var calls = new AtomicInteger();
    Object faulty =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              boolean now = called.getName().equals(method) && calls.incrementAndGet() == nth;
              if (now && !afterwards) {
                throw failure.get();
              }
              Object result;
              try {
                result = called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (now) {
                throw failure.get();
              }
              return result;
            });
    return type.cast(faulty);
  }
}
