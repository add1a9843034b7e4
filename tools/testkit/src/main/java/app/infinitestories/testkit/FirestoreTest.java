package app.infinitestories.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class the real Firestore emulator, shared by the JVM, and an empty project of its
 * own. Constructors and methods may ask for a {@code Firestore}, a {@link TestProject}, the {@code
 * FirestoreEmulator} or the {@link FirestoreCalls} of that client.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FirestoreExtension.class)
public @interface FirestoreTest {}
