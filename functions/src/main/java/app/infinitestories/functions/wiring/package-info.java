/** The one place that reads configuration and constructs everything, by hand. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.wiring;
