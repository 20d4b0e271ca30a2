/** What happened to uploads, for listeners. */
@NullMarked
package io.longhaul.server.core.event;

import org.jspecify.annotations.NullMarked;
