package io.longhaul.client.cli.selection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something to upload.
 *
 * @param name what people see: the path as they gave it
 * @param path empty for standard input
 * @param length empty for what can only be read to its end: standard input, pipes
 * @param metadata found out from the path
 */
public record Selected(
        String name, Optional<Path> path, OptionalLong length, Map<String, String> metadata) {}
