/** What every piece of the local stack has in common: a name, an address, a start and a stop. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.local.part;
