/**
 * Many small uploads over several nodes that share one S3-compatible store, with clients, nodes and
 * a store that do what they like, as a seed decides.
 */
@NullMarked
package io.longhaul.server.simulation;

import org.jspecify.annotations.NullMarked;
