/** Whether the product runs, and whether everything that it needs answers. */
@NullMarked
package app.infinitestories.functions.api.health;

import org.jspecify.annotations.NullMarked;
