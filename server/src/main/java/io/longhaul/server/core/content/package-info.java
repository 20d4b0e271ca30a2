/** The port to where the bytes of uploads live. */
@NullMarked
package io.longhaul.server.core.content;

import org.jspecify.annotations.NullMarked;
