/** Keeps the bytes of uploads as files: one for each upload. */
@NullMarked
package io.longhaul.server.content.disk;

import org.jspecify.annotations.NullMarked;
