/** The program behind {@code ./dev}: one class per command. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.cli;
