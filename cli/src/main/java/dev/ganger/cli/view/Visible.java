package dev.ganger.cli.view;

import dev.ganger.model.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What tasks write, such that a terminal only shows it: as {@code cat -v} does, but characters of UTF-8 stay what they are. */
final class Visible {
    private static final String REPLACEMENT = "\ufffd";
    private static final int LONGEST = 4;

    /** The beginnings of characters whose end has not come. */
    private final Map<StreamId, byte[]> begun = new HashMap<>();

    String text(StreamId source, byte[] data, int from, int to) {
        var bytes = Arrays.copyOfRange(data, from, to);
        var before = begun.remove(source);
        if (before != null) {
            var joined = Arrays.copyOf(before, before.length + bytes.length);
            System.arraycopy(bytes, 0, joined, before.length, bytes.length);
            bytes = joined;
        }
        var shown = new StringBuilder(bytes.length + 16);
        var at = 0;
        while (at < bytes.length) {
            var length = show(shown, bytes, at);
            if (length == 0) {
                begun.put(source, Arrays.copyOfRange(bytes, at, bytes.length));
                break;
            }
            at += length;
        }
        return shown.toString();
    }

    /** No more comes: the beginning of a character is no character. */
    String rest(StreamId source) {
        var shown = new StringBuilder();
        var rest = begun.remove(source);
        for (var octet : rest == null ? new byte[0] : rest) {
            spell(shown, octet & 0xff);
        }
        return shown.toString();
    }

    /** Shows one character and tells its length; 0 if its end is missing. */
    private static int show(StringBuilder shown, byte[] bytes, int at) {
        var first = bytes[at] & 0xff;
        if (first < 0x80) {
            if ((first >= ' ' && first < 0x7f) || first == '\n' || first == '\t' || first == '\r') {
                shown.append((char) first);
            } else {
                spell(shown, first);
            }
            return 1;
        }
        var length = first >= 0xf0 ? LONGEST : first >= 0xe0 ? LONGEST - 1 : 2;
        var there = 1;
        while (there < length && at + there < bytes.length && (bytes[at + there] & 0xc0) == 0x80) {
            there++;
        }
        var possible = first >= 0xc2 && first <= 0xf4;
        if (possible && there < length && at + there == bytes.length) {
            return 0;
        }
        var character = new String(bytes, at, there, StandardCharsets.UTF_8);
        if (!possible || there < length || character.contains(REPLACEMENT) && !isReplacement(bytes, at)) {
            spell(shown, first);
            return 1;
        }
        shown.append(Harmless.text(character));
        return length;
    }

    private static boolean isReplacement(byte[] bytes, int at) {
        return (bytes[at] & 0xff) == 0xef && (bytes[at + 1] & 0xff) == 0xbf && (bytes[at + 2] & 0xff) == 0xbd;
    }

    private static void spell(StringBuilder shown, int octet) {
        var low = octet & 0x7f;
        shown.append(octet < 0x80 ? "" : "M-");
        if (low < ' ' || low == 0x7f) {
            shown.append('^').append((char) (low ^ 0x40));
        } else {
            shown.append((char) low);
        }
    }
}
