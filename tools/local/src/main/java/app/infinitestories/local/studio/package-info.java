/** The offline studio: the paid providers' HTTP APIs on this machine, answering with real bytes. */
@NullMarked
package app.infinitestories.local.studio;

import org.jspecify.annotations.NullMarked;
