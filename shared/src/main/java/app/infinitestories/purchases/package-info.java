/** What users buy: every store's word in one normal form, folded into accounts that add up. */
@NullMarked
package app.infinitestories.purchases;

import org.jspecify.annotations.NullMarked;
