/**
 * The Java client: {@link io.longhaul.client.UploadClient} uploads files, streams and channels to a
 * tus 1.0.0 server, and goes on where it was after any failure of either side.
 */
@NullMarked
package io.longhaul.client;

import org.jspecify.annotations.NullMarked;
