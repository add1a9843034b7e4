@org.jspecify.annotations.NullMarked
package app.infinitestories.purchases;
