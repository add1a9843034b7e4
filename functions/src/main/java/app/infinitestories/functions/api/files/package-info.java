/** Routes of uploads. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.api.files;
