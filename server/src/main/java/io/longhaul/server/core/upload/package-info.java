/** The values of the domain: an upload, what identifies it, and what can go wrong with it. */
@NullMarked
package io.longhaul.server.core.upload;

import org.jspecify.annotations.NullMarked;
