/** Typed configuration: read once from the environment, every error reported at once. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.config;
