/** Cloud Storage: media in and out, signed addresses for phones. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.storage;
