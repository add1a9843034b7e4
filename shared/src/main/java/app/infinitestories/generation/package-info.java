/**
 * Level 4: puts features together into whole works. {@link
 * app.infinitestories.generation.StoryPipeline} is the main job of the product, from a photo to a
 * narrated film.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.generation;
