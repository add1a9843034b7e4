/**
 * The product as its users meet it: real functions as processes, on the emulators and stand-ins.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.endtoend;
