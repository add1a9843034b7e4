/** Google Play: its notifications by Pub/Sub, and the Android Publisher API, which is the truth. */
@NullMarked
package app.infinitestories.purchases.google;

import org.jspecify.annotations.NullMarked;
