/** The Firebase Admin app that Auth, Cloud Messaging and the Realtime Database hang on. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.platform.firebase;
