/** The Realtime Database: what phones listen to. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.realtime;
