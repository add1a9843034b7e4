package app.infinitestories.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a running local stack, shared by the JVM. Constructors and methods may ask for
 * the {@code LocalStack}. Without functions it has the emulators, the stand-ins and the studio.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalStackExtension.class)
public @interface LocalStackTest {
  /** Whether the functions run too; the functions module must be packaged for that. */
  boolean functions() default false;
}
