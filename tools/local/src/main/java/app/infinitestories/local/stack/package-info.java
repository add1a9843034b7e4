/**
 * The whole backend on this machine: every part, every function, and an address to control them.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.stack;
