package io.longhaul.server.app;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of the server's own settings, read off {@link LonghaulProperties}. */
final class SettingKeys {

    static final String PREFIX = "longhaul";

    private static final List<String> ALL = keys(PREFIX, LonghaulProperties.class).toList();

    private SettingKeys() {}

    private static Stream<String> keys(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> keys(prefix + "." + kebabCase(component), component));
    }

    private static Stream<String> keys(String key, RecordComponent component) {
        Class<?> type = component.getType();
        return type.isRecord() ? keys(key, type) : Stream.of(key);
    }

    private static String kebabCase(RecordComponent component) {
        return component.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
    }

    static List<String> all() {
        return ALL;
    }

    /** The setting that somebody who wrote this may have meant. */
    static Optional<String> closest(String written) {
        String plain = plain(written);
        String best =
                ALL.stream().min(Comparator.comparingInt(key -> edits(plain, key))).orElseThrow();
        return edits(plain, best) <= 3 ? Optional.of(best) : Optional.empty();
    }

    private static int edits(String plain, String key) {
        return distance(plain, plain(key));
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** How many letters have to be added, removed or replaced to make one text of the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
