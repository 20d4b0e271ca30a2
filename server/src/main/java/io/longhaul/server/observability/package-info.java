/** Tells what happens to uploads: metrics and log lines. */
@NullMarked
package io.longhaul.server.observability;

import org.jspecify.annotations.NullMarked;
