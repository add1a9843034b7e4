/** The real Firebase Auth emulator, and users and tokens made with it. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.auth;
