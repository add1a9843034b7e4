/** The stores on this machine: they sign like Apple and Google, with keys made at each start. */
@NullMarked
package app.infinitestories.local.stores;

import org.jspecify.annotations.NullMarked;
