/** A stand-in for Firebase Cloud Messaging that keeps what a phone would have received. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.fcm;
