/** The step ledger: what is recorded is not done again, and what is paid is not paid again. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.steps;
