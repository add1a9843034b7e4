/** The Realtime Database of the local stack, with the product's rules. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.realtime;
