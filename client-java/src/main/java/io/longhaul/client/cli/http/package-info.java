/** Single requests to tus servers, for the commands that do not upload. */
@NullMarked
package io.longhaul.client.cli.http;

import org.jspecify.annotations.NullMarked;
