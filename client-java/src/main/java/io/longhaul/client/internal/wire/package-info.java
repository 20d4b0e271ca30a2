/** Requests and answers of tus 1.0.0 over java.net.http. */
@NullMarked
package io.longhaul.client.internal.wire;

import org.jspecify.annotations.NullMarked;
