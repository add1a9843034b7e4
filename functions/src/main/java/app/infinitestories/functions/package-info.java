/** The functions module. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions;
