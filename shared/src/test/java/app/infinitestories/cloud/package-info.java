/** The cloud's services for tests: real emulators, and stand-ins over the wire. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.cloud;
