package io.longhaul.client.cli.options;

import io.longhaul.client.cli.shell.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads absolute http and https URLs. */
public final class WebUrlConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same as any other that is none.
        }
        throw new TypeConversionException(
                "\"" + text + "\" is not a URL such as https://example.org/files");
    }

    /** The same for what was not given as an option. */
    static URI parse(String text, String origin) {
        try {
            return new WebUrlConverter().convert(text);
        } catch (TypeConversionException e) {
            throw CommandException.usage(origin + ": " + e.getMessage());
        }
    }
}
