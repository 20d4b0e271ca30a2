/**
 * The same requests to this server and to tus-java-server: every difference between the answers is
 * listed in docs/protocols/differences.md.
 */
@NullMarked
package io.longhaul.server.differential;

import org.jspecify.annotations.NullMarked;
