/** JUnit extensions that give tests the real emulators and the local stand-ins. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.testkit;
