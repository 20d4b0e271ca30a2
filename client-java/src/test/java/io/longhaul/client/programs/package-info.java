/** Small programs as integrators write them, which tests run in processes of their own. */
@NullMarked
package io.longhaul.client.programs;

import org.jspecify.annotations.NullMarked;
