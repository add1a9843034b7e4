/** The mount table of the API, and below it one package of routes per feature. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.api;
