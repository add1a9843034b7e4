/** RevenueCat: its webhooks, proven and put in normal form, and its view of a subscriber. */
@NullMarked
package app.infinitestories.purchases.revenuecat;

import org.jspecify.annotations.NullMarked;
