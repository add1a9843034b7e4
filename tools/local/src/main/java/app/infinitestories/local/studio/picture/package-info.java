/** Draws the offline studio's picture-book pages, character sheets and moving shots with Java2D. */
@NullMarked
package app.infinitestories.local.studio.picture;

import org.jspecify.annotations.NullMarked;
