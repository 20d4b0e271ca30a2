/** What tests of several packages use. */
@NullMarked
package io.longhaul.server.testing;

import org.jspecify.annotations.NullMarked;
