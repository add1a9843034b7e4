/** Stories about the picture book: likeness, determinism, motion. */
@NullMarked
package app.infinitestories.local.studio.picture;

import org.jspecify.annotations.NullMarked;
