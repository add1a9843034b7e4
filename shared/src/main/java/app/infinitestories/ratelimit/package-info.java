/** How often a caller may do what: every limit on one page, and the sliding windows behind them. */
@NullMarked
package app.infinitestories.ratelimit;

import org.jspecify.annotations.NullMarked;
