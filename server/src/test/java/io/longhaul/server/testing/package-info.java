/** What tests share: fakes, faulty stores and networks, and the server as a process of its own. */
@NullMarked
package io.longhaul.server.testing;

import org.jspecify.annotations.NullMarked;
