/** Runs uploads: turns, retries, resumption, parallel pieces, progress. */
@NullMarked
package io.longhaul.client.internal.engine;

import org.jspecify.annotations.NullMarked;
