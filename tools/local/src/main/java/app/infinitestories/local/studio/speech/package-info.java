/** Spoken narration and the recognition of what was spoken here. */
@NullMarked
package app.infinitestories.local.studio.speech;

import org.jspecify.annotations.NullMarked;
