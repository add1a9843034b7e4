/** The router: from a raw HTTP request to a typed call and back; knows no feature. */
@NullMarked
package app.infinitestories.functions.web;

import org.jspecify.annotations.NullMarked;
