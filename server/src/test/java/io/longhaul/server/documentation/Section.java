package io.longhaul.server.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What stands below a heading of the second level. */
record Section(String text) {

    static Section of(Path page, String title) throws IOException {
        String all = Files.readString(page);
        int begin = all.indexOf("\n## %s\n".formatted(title));
        if (begin < 0) {
            throw new IOException("no \"%s\" in %s".formatted(title, page));
        }
        int end = all.indexOf("\n## ", begin + 1);
        return new Section(all.substring(begin + 1, end < 0 ? all.length() : end + 1));
    }

    /** The code in a language, block by block. */
    List<String> code(String language) {
        return Pattern.compile(
                        "^```%s\n(.*?)^```".formatted(language), Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
