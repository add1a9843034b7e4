/** Routes of the catalogue: stories that everybody may find, and what a user does with them. */
@NullMarked
package app.infinitestories.functions.api.stories;

import org.jspecify.annotations.NullMarked;
