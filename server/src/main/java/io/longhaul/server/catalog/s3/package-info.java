/**
 * Upload records in an S3-compatible store, for any number of processes: {@code s/} holds the
 * records with their events, {@code k/} tells whose a creation key is, {@code x/} when to look at a
 * record, and {@code o/} which records have events.
 */
@NullMarked
package io.longhaul.server.catalog.s3;

import org.jspecify.annotations.NullMarked;
