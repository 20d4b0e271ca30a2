package io.longhaul.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A range of content, both ends included (RFC 9110, section 14.1.2). Parsed here because Spring's
 * HttpRange takes signs and foreign digits, and refuses positions beyond 63 bits and units in
 * capitals.
 */
record ByteRange(long first, long last) {

    /**
     * More ranges than this are an attack or a mistake; the whole content is the cheaper answer.
     */
    private static final int MAX_RANGES = 16;

    private static final Pattern SET = Pattern.compile("(?i:bytes)=(.*)");
    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    long length() {
        return last - first + 1;
    }

    String contentRange(long contentLength) {
        return "bytes %d-%d/%d".formatted(first, last, contentLength);
    }

    /**
     * The ranges that the Range header asks for and that can be given, in the order asked for,
     * those that overlap or touch joined.
     *
     * @return empty when the header is absent, invalid, of another unit or asks for more than 16
     *     ranges: the whole content is the answer then, as it is for content without a byte, which
     *     no Content-Range can describe. An empty list when no range can be satisfied
     */
    static Optional<List<ByteRange>> requested(HttpFields headers, long contentLength) {
        List<String> lines = headers.getValuesList(HttpHeader.RANGE);
        if (lines.size() != 1 || contentLength == 0) {
            return Optional.empty();
        }
        Matcher set = SET.matcher(lines.getFirst());
        return set.matches() ? parse(set.group(1), contentLength) : Optional.empty();
    }

    private static Optional<List<ByteRange>> parse(String set, long contentLength) {
        List<ByteRange> ranges = new ArrayList<>();
        for (String element : set.split(",", -1)) {
            String text = element.strip();
            if (text.isEmpty()) {
                continue; // RFC 9110, section 5.6.1.2: empty list elements are ignored
            }
            Optional<ByteRange> range = parseOne(text, contentLength);
            if (range.isEmpty() || ranges.size() == MAX_RANGES) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(satisfiable(ranges));
    }

    /** Ends before it begins when it can't be satisfied; empty when it is not valid. */
    private static Optional<ByteRange> parseOne(String text, long contentLength) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches() || text.equals("-")) {
            return Optional.empty();
        }
        long end = contentLength - 1;
        if (range.group(1).isEmpty()) {
            long suffix = number(range.group(2));
            return Optional.of(new ByteRange(Math.max(0, contentLength - suffix), end));
        }
        long first = number(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        return last < first
                ? Optional.empty()
                : Optional.of(new ByteRange(first, Math.min(last, end)));
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) { // only digits: it is too large, and so beyond any end
            return Long.MAX_VALUE;
        }
    }

    private static List<ByteRange> satisfiable(List<ByteRange> ranges) {
        List<ByteRange> disjoint = new ArrayList<>();
        for (ByteRange range : ranges) {
            if (range.first <= range.last) {
                join(disjoint, range);
            }
        }
        return disjoint;
    }

    /** Adds a range where the first that it meets stands, with all others that it meets. */
    private static void join(List<ByteRange> disjoint, ByteRange range) {
        ByteRange joined = range;
        int place = disjoint.size();
        for (int i = disjoint.size() - 1; i >= 0; i--) {
            if (disjoint.get(i).meets(joined)) {
                joined = joined.with(disjoint.remove(i));
                place = i;
            }
        }
        disjoint.add(place, joined);
    }

    private boolean meets(ByteRange other) {
        return first <= other.last + 1 && other.first <= last + 1;
    }

    private ByteRange with(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }
}
