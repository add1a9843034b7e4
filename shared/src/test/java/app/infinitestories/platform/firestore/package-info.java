/** Tests of how Firestore is used. */
@NullMarked
package app.infinitestories.platform.firestore;

import org.jspecify.annotations.NullMarked;
