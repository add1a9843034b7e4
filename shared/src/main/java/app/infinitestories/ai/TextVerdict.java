package app.infinitestories.ai;

/**
 * What the story model says about a text, by the policy of an age band.
 *
 * @param category which rule forbids it, {@code none} if it is allowed; never a quote
 */
public record TextVerdict(boolean allowed, String category) {}
