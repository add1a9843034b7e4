/**
 * Level 1: what all paid providers have in common, that is how their calls fail and what they cost.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.provider;
