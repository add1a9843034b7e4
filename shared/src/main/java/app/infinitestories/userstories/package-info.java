/** Level 3: stories that a parent orders: what was asked for, and what came of it. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.userstories;
