/** The sample catalogue: books made by the offline studio and published as staff would do it. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.cli.seed;
