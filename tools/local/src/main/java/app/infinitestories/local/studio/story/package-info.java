/**
 * Writes the offline studio's stories: plots with a want, an obstacle, a turn and an ending, in
 * five languages.
 */
@NullMarked
package app.infinitestories.local.studio.story;

import org.jspecify.annotations.NullMarked;
