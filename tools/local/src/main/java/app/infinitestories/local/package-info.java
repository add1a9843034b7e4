/** The local module. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local;
