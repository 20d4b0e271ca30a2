package io.longhaul.client.cli.options;

import io.longhaul.client.cli.shell.ByteCount;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads options such as {@code 8MiB}. */
public final class ByteCountConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            return ByteCount.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
