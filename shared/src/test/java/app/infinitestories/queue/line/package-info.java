@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.line;
