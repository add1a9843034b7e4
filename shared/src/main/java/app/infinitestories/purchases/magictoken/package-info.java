/** One-time codes that are worth tokens: made by staff, or bought as a gift. */
@NullMarked
package app.infinitestories.purchases.magictoken;

import org.jspecify.annotations.NullMarked;
