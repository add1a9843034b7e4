/** A strict stand-in for Cloud Storage: its JSON API, and signed addresses of its XML API. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.storage;
