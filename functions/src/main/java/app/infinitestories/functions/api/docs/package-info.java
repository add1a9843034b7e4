/** The API's own description, served from the API. */
@NullMarked
package app.infinitestories.functions.api.docs;

import org.jspecify.annotations.NullMarked;
