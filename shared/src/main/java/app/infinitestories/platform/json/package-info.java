/** The one JSON mapper. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.json;
