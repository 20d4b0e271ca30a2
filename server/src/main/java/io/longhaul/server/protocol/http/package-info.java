/**
 * Wire values that the protocols share: request, reply, headers, problems. No servlet or server
 * types.
 */
@NullMarked
package io.longhaul.server.protocol.http;

import org.jspecify.annotations.NullMarked;
