/** Everything of the product that is neither HTTP nor an entry point. */
@org.jspecify.annotations.NullMarked
package app.infinitestories;
