/** Stories about {@code ./dev story}, told against small fakes over HTTP. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.cli.story;
