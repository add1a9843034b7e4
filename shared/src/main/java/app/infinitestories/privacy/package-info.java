/** Level 4: forgets what a child's family gave us, in time and everywhere. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.privacy;
