/** The testkit module. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.testkit;
