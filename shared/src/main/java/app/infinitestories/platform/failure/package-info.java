/** How the product says no: one closed hierarchy of failures and the codes that a client sees. */
@NullMarked
package app.infinitestories.platform.failure;

import org.jspecify.annotations.NullMarked;
