/** What RevenueCat, Apple and Google post to us, and what an app asks us to verify with them. */
@NullMarked
package app.infinitestories.functions.api.stores;

import org.jspecify.annotations.NullMarked;
