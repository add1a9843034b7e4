/** The Node packages that emulators run on: installed once, shared by all checkouts. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.node;
