/** The calls between nodes about who holds an upload. */
@NullMarked
package io.longhaul.server.cluster;

import org.jspecify.annotations.NullMarked;
