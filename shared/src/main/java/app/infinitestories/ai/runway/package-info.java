/** Level 2: the port to Runway, which makes a picture move. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.ai.runway;
