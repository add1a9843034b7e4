/** Level 3: what users do with the catalogue's stories: favourites, likes, and how far they are. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.engagement;
