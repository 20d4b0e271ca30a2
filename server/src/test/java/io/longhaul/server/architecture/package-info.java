/** The rules of the house: which way things may point, and what belongs where. */
@NullMarked
package io.longhaul.server.architecture;

import org.jspecify.annotations.NullMarked;
