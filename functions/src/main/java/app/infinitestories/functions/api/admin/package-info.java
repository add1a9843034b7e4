/** Routes of staff: what enters the catalogue and what leaves it. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.api.admin;
