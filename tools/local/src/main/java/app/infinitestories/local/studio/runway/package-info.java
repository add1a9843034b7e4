/** Runway's wire format: submitting clips, task states, ephemeral uploads, finished files. */
@NullMarked
package app.infinitestories.local.studio.runway;

import org.jspecify.annotations.NullMarked;
