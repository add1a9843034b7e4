/**
 * Level 2: the ports to paid providers that write, draw, speak, listen, film and moderate, with
 * their records, prices and configuration. Texts that enter here carry the hero's placeholder,
 * never a child's name.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.ai;
