/** The documentation, held against what the server does. */
@NullMarked
package io.longhaul.server.documentation;

import org.jspecify.annotations.NullMarked;
