package io.longhaul.client;

import java.net.URI;
import java.time.Duration;

/**
 * An upload whose bytes are all on the server.
 *
 * @param url where it is
 * @param length its bytes
 * @param sent bytes that were sent for it by this client since {@code upload} was called; less than
 *     {@code length} when an earlier run had sent some, more when some were lost on the way
 * @param elapsed time since {@code upload} was called
 */
public record CompletedUpload(URI url, long length, long sent, Duration elapsed) {}
