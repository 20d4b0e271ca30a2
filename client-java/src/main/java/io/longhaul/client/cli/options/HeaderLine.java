package io.longhaul.client.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A header of a request, given as {@code Name: value}. Never says the value: it may be secret. */
public record HeaderLine(String name, String value) {

    /** For options. */
    static final class Converter implements ITypeConverter<HeaderLine> {
        @Override
        public HeaderLine convert(String text) {
            return parse(text);
        }
    }

    static HeaderLine parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new TypeConversionException("a header has the form 'Name: value'");
        }
        String name = text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        if (!isFieldValue(value)) {
            throw new TypeConversionException(
                    "the value of the header " + name + " has letters that are not allowed");
        }
        return new HeaderLine(name, value);
    }

    /** Visible ASCII, spaces and tabs (RFC 9110, 5.5). */
    static boolean isFieldValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127));
    }
}
