/** A service account made up at start, and the token endpoint that its key file points at. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.oauth;
