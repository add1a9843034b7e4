/** Apple: its notifications, verified with its own library, and its App Store Server API. */
@NullMarked
package app.infinitestories.purchases.apple;

import org.jspecify.annotations.NullMarked;
