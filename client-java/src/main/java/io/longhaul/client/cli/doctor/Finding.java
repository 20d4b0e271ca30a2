package io.longhaul.client.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a check.
 *
 * @param check its name
 * @param seen what was seen
 * @param advice what to change
 */
public record Finding(String check, Verdict verdict, String seen, Optional<String> advice) {

    static Finding ok(String check, String seen) {
        return new Finding(check, Verdict.OK, seen, Optional.empty());
    }

    static Finding warn(String check, String seen, String advice) {
        return new Finding(check, Verdict.WARN, seen, Optional.of(advice));
    }

    static Finding fail(String check, String seen, String advice) {
        return new Finding(check, Verdict.FAIL, seen, Optional.of(advice));
    }

    /** For programs. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("check", check);
        json.put("verdict", verdict.word());
        json.put("seen", seen);
        json.put("advice", advice);
        return json;
    }
}
