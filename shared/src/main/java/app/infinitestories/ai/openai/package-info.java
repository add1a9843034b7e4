/** Level 2: the ports to OpenAI: chat with structured output, pictures, moderation, sound. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.ai.openai;
