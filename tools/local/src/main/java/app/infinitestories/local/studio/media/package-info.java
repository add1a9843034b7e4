/** Encoding and decoding of audio and film with FFmpeg. */
@NullMarked
package app.infinitestories.local.studio.media;

import org.jspecify.annotations.NullMarked;
