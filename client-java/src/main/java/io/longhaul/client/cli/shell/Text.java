package io.longhaul.client.cli.shell;

/** Text in the cells of a terminal. */
public final class Text {

    private Text() {}

    /** Text without what could steer a terminal or break a line. */
    public static String printable(String text) {
        return text.codePoints()
                .map(c -> isControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The cells that text takes. */
    public static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    /** The text itself where it fits, else its beginning and end around dots. */
    public static String shorten(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        if (width < 5) {
            return head(text, width);
        }
        String head = head(text, (width - 2) / 2);
        return head + ".." + tail(text, width - 2 - width(head));
    }

    /** Filled with spaces up to a width. */
    public static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** Filled with spaces before it, up to a width. */
    public static String aligned(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    private static String head(String text, int width) {
        int end = 0;
        int cells = 0;
        while (end < text.length()) {
            int next = text.codePointAt(end);
            cells += width(next);
            if (cells > width) {
                break;
            }
            end += Character.charCount(next);
        }
        return text.substring(0, end);
    }

    private static String tail(String text, int width) {
        int begin = text.length();
        int cells = 0;
        while (begin > 0) {
            int before = text.codePointBefore(begin);
            cells += width(before);
            if (cells > width) {
                break;
            }
            begin -= Character.charCount(before);
        }
        return text.substring(begin);
    }

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return c >= 0x1100 && isWide(c) ? 2 : 1;
    }

    /** East Asian letters and pictures. Too wide a guess only leaves a gap. */
    private static boolean isWide(int c) {
        return c <= 0x115F
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
