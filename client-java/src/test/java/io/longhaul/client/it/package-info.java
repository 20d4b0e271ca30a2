/** The client and its command against real servers, over real and bad networks. */
@NullMarked
package io.longhaul.client.it;

import org.jspecify.annotations.NullMarked;
