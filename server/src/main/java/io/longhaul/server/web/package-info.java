/** The Jetty adapter: what comes in and goes out over HTTP. */
@NullMarked
package io.longhaul.server.web;

import org.jspecify.annotations.NullMarked;
