/** What can be done with uploads: create, append, head, concatenate, terminate, expire. */
@NullMarked
package io.longhaul.server.core.service;

import org.jspecify.annotations.NullMarked;
