/** OpenAI's wire format, as strict as the provider: parameters, models, errors, usage. */
@NullMarked
package app.infinitestories.local.studio.openai;

import org.jspecify.annotations.NullMarked;
