/** The port to where upload records live. */
@NullMarked
package io.longhaul.server.core.catalog;

import org.jspecify.annotations.NullMarked;
