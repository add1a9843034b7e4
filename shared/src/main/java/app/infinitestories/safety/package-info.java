/**
 * Level 1: what keeps content fit for children. The term filter for picture prompts, the term
 * policy for what people write, the placeholder for a child's name, and the rings that every text
 * and picture passes on its way in and out.
 */
@org.jspecify.annotations.NullMarked
package app.infinitestories.safety;
