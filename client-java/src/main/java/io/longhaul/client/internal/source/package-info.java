/** What is sent: files, channels and streams, and their fingerprints. */
@NullMarked
package io.longhaul.client.internal.source;

import org.jspecify.annotations.NullMarked;
