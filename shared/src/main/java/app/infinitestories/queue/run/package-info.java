/** A worker's run: started under a fence, all its writes in one lane, ended in one batch. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.queue.run;
