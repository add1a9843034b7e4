/**
 * Level 0, knows no product: ids, secrets that must not be printed, and below it one package per
 * cloud service.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform;
