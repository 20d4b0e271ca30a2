/** Which files to upload, and with which metadata. */
@NullMarked
package io.longhaul.client.cli.selection;

import org.jspecify.annotations.NullMarked;
