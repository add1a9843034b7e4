/** {@code ./dev story}: orders a film as the app would, follows it, and leaves it in a folder. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.cli.story;
