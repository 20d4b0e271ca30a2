package io.longhaul.client.cli.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of bytes such as {@code 256M}, in steps of 1024, as the server's settings do. */
final class ByteCount implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([KMG]?)(I?B)?");

    @Override
    public Long convert(String value) {
        Matcher matcher = FORM.matcher(value.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("not an amount of bytes such as 256M: " + value);
        }
        int shift = " KMG".indexOf(unit(matcher.group(2))) * 10;
        return Long.parseLong(matcher.group(1)) << shift;
    }

    private static char unit(String letter) {
        return letter.isEmpty() ? ' ' : letter.charAt(0);
    }
}
