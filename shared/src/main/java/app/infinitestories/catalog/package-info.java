/**
 * Level 3: the published stories that everybody may watch: their documents and how to find them.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.catalog;
