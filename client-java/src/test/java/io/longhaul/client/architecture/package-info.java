/** What may use what. */
@NullMarked
package io.longhaul.client.architecture;

import org.jspecify.annotations.NullMarked;
