/** The Firestore client. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.firestore;
