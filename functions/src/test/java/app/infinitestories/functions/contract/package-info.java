/** Holds what the API answers against what its document says. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.contract;
