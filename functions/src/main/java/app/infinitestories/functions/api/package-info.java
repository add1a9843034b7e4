/** The mount table of the whole API; per feature its routes, bodies and views. */
@NullMarked
package app.infinitestories.functions.api;

import org.jspecify.annotations.NullMarked;
