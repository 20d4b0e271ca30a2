package io.longhaul.server.differential;

import io.longhaul.server.testing.RawResponse;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What counts of an answer, in words that are the same for every server: each aspect as the list of
 * differences shows it, for example {@code status 204}, {@code Upload-Offset 5} or {@code no
 * Upload-Expires}.
 */
record Answer(Map<String, String> aspects) {

    /** There was no answer: the server closed the connection or waited for ever. */
    static final Answer NONE = new Answer(Map.of("status", "no answer"));

    /** The step could not be sent: an upload that it names was not created. */
    static final Answer NOT_SENT = new Answer(Map.of("status", "not sent"));

    /** What can be compared of a success and a failure. */
    static final Set<String> OF_EVERY_STATUS = Set.of("status", "Tus-Resumable", "Tus-Version");

    private static final List<String> HEADERS =
            List.of(
                    "Tus-Resumable",
                    "Tus-Version",
                    "Tus-Max-Size",
                    "Upload-Offset",
                    "Upload-Length",
                    "Upload-Defer-Length",
                    "Upload-Metadata",
                    "Upload-Concat");
    private static final List<String> LISTS = List.of("Tus-Extension", "Tus-Checksum-Algorithm");
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]{0,160}");

    /**
     * @param method of the request
     * @param names puts the names of steps in place of ids
     */
    static Answer of(RawResponse response, String method, UnaryOperator<String> names) {
        Map<String, String> aspects = new LinkedHashMap<>();
        aspects.put("status", "status " + response.status());
        for (String name : HEADERS) {
            aspects.put(name, shown(name, joined(response, name), names));
        }
        for (String name : LISTS) {
            aspects.put(name, shown(name, sorted(joined(response, name)), names));
        }
        aspects.put("Location", location(response));
        aspects.put("Upload-Expires", expires(joined(response, "Upload-Expires")));
        byMethod(aspects, response, method);
        return new Answer(aspects);
    }

    /** This answer, of an upload that is complete: then expiring has another meaning. */
    Answer onComplete() {
        Map<String, String> more = new LinkedHashMap<>(aspects);
        more.computeIfPresent("Upload-Expires", (_, told) -> told + " when complete");
        return new Answer(more);
    }

    boolean success() {
        return aspects.getOrDefault("status", "").startsWith("status 2");
    }

    private static void byMethod(Map<String, String> aspects, RawResponse response, String method) {
        String body = joined(response, "Content-Length");
        if (response.status() == 204) {
            aspects.put("Content-Length", shown("Content-Length", body, name -> name));
        }
        if (response.status() == 405) {
            aspects.put("Allow", joined(response, "Allow") == null ? "no Allow" : "Allow …");
        }
        if (method.equals("HEAD")) {
            aspects.put("Cache-Control", cacheControl(joined(response, "Cache-Control")));
        }
        if (method.equals("GET") && response.status() / 100 == 2) {
            aspects.put("content", "content " + response.text());
        }
    }

    private static @Nullable String joined(RawResponse response, String name) {
        List<String> values = response.headers(name);
        return values.isEmpty() ? null : String.join(" and ", values);
    }

    private static @Nullable String sorted(@Nullable String list) {
        return list == null
                ? null
                : String.join(" ", new TreeSet<>(List.of(list.split("\\s*,\\s*", -1))));
    }

    private static String shown(String name, @Nullable String value, UnaryOperator<String> names) {
        if (value == null) {
            return "no " + name;
        }
        String named = names.apply(value);
        return PLAIN.matcher(named).matches()
                ? name + " " + named
                : "%s of %d letters, hash %08x".formatted(name, named.length(), named.hashCode());
    }

    private static String location(RawResponse response) {
        String value = joined(response, "Location");
        return value == null ? "no Location" : "Location …";
    }

    private static String cacheControl(@Nullable String value) {
        return value != null && value.contains("no-store")
                ? "Cache-Control no-store"
                : "no Cache-Control no-store";
    }

    /** A future date in the form of RFC 9110, 5.6.7. */
    private static String expires(@Nullable String value) {
        if (value == null) {
            return "no Upload-Expires";
        }
        try {
            var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            boolean future = date.isAfter(ZonedDateTime.now(date.getZone()));
            boolean form = value.length() == 29 && value.endsWith(" GMT");
            return form && future ? "Upload-Expires …" : "Upload-Expires past or in another form";
        } catch (DateTimeParseException _) { // shown as what it is
            return "Upload-Expires no date";
        }
    }
}
