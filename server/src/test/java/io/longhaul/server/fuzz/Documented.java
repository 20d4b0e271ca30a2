package io.longhaul.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/errors promises of every answer, read from the document itself. */
public final class Documented {

    /** The longest sentence about an error: room for two numbers or two digests. */
    public static final int MAX_DETAIL = 512;

    private static final int MAX_HEADER = 40 << 10;
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| ([0-9, …]+) \\|.*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{3}");
    private static final Map<String, Set<Integer>> STATUSES = read();

    private Documented() {}

    private static Map<String, Set<Integer>> read() {
        Map<String, Set<Integer>> statuses = new HashMap<>();
        try {
            for (String line : Files.readAllLines(Path.of("..", "docs", "errors", "README.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    Set<Integer> each = new TreeSet<>();
                    NUMBER.matcher(row.group(2))
                            .results()
                            .forEach(number -> each.add(Integer.valueOf(number.group())));
                    statuses.put(row.group(1), each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(statuses).containsKeys("offset-mismatch", "upload-not-found");
        return statuses;
    }

    /** The statuses that go with a code; empty when the document does not know it. */
    public static Set<Integer> statuses(String code) {
        return STATUSES.getOrDefault(code, Set.of());
    }

    /**
     * A status and code of the document, one printable sentence, and headers that are just that.
     */
    public static void check(HttpReply reply) {
        assertThat(reply.problem().isPresent()).isEqualTo(reply.status() >= 400);
        reply.problem().ifPresent(problem -> check(reply.status(), problem));
        for (HttpReply.Header header : reply.headers()) {
            assertThat(header.name()).matches("[A-Za-z-]+");
            assertThat(header.value())
                    .as(header.name())
                    .hasSizeLessThan(MAX_HEADER)
                    .matches("[\\x20-\\x7e\\t\\xa0-\\xff]*");
        }
    }

    private static void check(int status, HttpReply.Problem problem) {
        assertThat(status).as(problem.toString()).isIn(statuses(problem.code()).toArray());
        assertThat(problem.detail()).hasSizeLessThan(MAX_DETAIL).matches("[\\x20-\\x7e…]+");
    }

    /** The same of an error of the domain. */
    public static void check(UploadException error) {
        check(TusProtocol.refusal(error));
    }
}
