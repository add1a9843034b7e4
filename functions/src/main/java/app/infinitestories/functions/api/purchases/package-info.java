/**
 * Balance, ledger, subscription, purchases and codes over HTTP, and what staff may do about them.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.api.purchases;
