/** The HTTP server's side: Jetty handlers that route, read bodies, write replies and downloads. */
@NullMarked
package io.longhaul.server.web;

import org.jspecify.annotations.NullMarked;
