/** Who is appending to an upload now, and how a newer request takes over. */
@NullMarked
package io.longhaul.server.core.holder;

import org.jspecify.annotations.NullMarked;
