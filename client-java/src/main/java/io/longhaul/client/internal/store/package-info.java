/** The directory that remembers uploads: one file for each, and one that claims are locks on. */
@NullMarked
package io.longhaul.client.internal.store;

import org.jspecify.annotations.NullMarked;
