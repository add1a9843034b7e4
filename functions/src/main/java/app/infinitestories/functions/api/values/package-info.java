/** The closed lists of values that bodies and queries of several routes share. */
@NullMarked
package app.infinitestories.functions.api.values;

import org.jspecify.annotations.NullMarked;
