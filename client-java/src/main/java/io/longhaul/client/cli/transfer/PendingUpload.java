package io.longhaul.client.cli.transfer;

import io.longhaul.client.Upload;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * An upload that has not begun.
 *
 * @param name what people see
 * @param length empty for what can only be read to its end
 * @param resumable whether another process can go on with it
 * @param start begins it
 */
public record PendingUpload(
        String name, OptionalLong length, boolean resumable, Supplier<Upload> start) {}
