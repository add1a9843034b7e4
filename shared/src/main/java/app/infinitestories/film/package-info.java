/**
 * Pure media: photos made safe, speech measured, captions timed, scenes cut and joined into a film.
 * Knows nothing of jobs or providers.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.film;
