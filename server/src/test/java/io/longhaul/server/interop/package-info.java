/** Real clients against the packaged server, directly, through nginx and over a bad network. */
@NullMarked
package io.longhaul.server.interop;

import org.jspecify.annotations.NullMarked;
