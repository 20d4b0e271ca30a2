/** Checks of a server and of what lies between. */
@NullMarked
package io.longhaul.client.cli.doctor;

import org.jspecify.annotations.NullMarked;
