/** Downloads that go on where they were. */
@NullMarked
package io.longhaul.client.cli.download;

import org.jspecify.annotations.NullMarked;
