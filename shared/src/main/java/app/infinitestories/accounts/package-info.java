/**
 * Level 1: a user's account, that is tokens and quota with their ledger, the place in the queue's
 * lines and the rate-limit windows of what costs money; all changed under one precondition.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.accounts;
