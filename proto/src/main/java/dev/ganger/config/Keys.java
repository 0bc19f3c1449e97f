package dev.ganger.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that can be configured of a program.
 *
 * @param owner        the program: its file is {@code OWNER.yaml}
 * @param prefix       what the names of its variables begin with; empty if it has only single ones
 * @param fileVariable names another file
 */
public record Keys(String owner, String prefix, String fileVariable, List<Key> all) {
    /** A word with more edits is another word; a short one is so sooner. */
    private static final int TYPING_ERRORS = 2;
    private static final int LETTERS_A_TYPING_ERROR = 3;

    public Keys {
        all = List.copyOf(all);
    }

    /** Of a program whose every option has a variable. */
    public static Keys ofProcess(String owner, List<Key> all) {
        var prefix = prefix(owner);
        return new Keys(owner, prefix, prefix + "CONFIG", all);
    }

    /** The variable of an option, for example GANGER_AGENT_SPOOL_LIMIT. */
    public static String variable(String owner, String key) {
        return prefix(owner) + upper(key);
    }

    private static String prefix(String owner) {
        return "GANGER_" + upper(owner) + "_";
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Null if there is no such key. */
    @Nullable
    Key named(String name) {
        for (var key : all) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }

    /** The one that was meant, as far as one can tell; null if one cannot. */
    @Nullable
    Key nearest(String name) {
        var written = name.toLowerCase(Locale.ROOT).replace('_', '-');
        Key nearest = null;
        var least = TYPING_ERRORS + 1;
        for (var key : all) {
            var edits = edits(written, key.name());
            if (edits < least && edits <= key.name().length() / LETTERS_A_TYPING_ERROR) {
                least = edits;
                nearest = key;
            }
        }
        return nearest;
    }

    String names() {
        return String.join(", ", all.stream().map(Key::name).sorted().toList());
    }

    /** How many letters must be put in, taken out or changed (Levenshtein). */
    private static int edits(String from, String to) {
        var before = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var changed = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[to.length()];
    }
}
