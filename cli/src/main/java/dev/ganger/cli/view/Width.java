package dev.ganger.cli.view;

import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes. */
final class Width {
    private Width() {}

    static int of(String text) {
        var ascii = text.chars().allMatch(each -> each < 0x80);
        return ascii ? text.length() : text.codePoints().map(Width::ofCodePoint).sum();
    }

    private static int ofCodePoint(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** The text if it fits, or its beginning and an ellipsis. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        var end = 0;
        var taken = 1;
        while (end < text.length()) {
            var codePoint = text.codePointAt(end);
            taken += ofCodePoint(codePoint);
            if (taken > columns) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end) + "…";
    }
}
