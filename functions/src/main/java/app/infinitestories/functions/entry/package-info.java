/** What is deployed: one class per function, each only decodes, calls and encodes. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.entry;
