/** Routes of stories that a parent orders. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.api.userstories;
