/** Level 1: the log of who did what to whose data, money or story; rows are only ever added. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.audit;
