package dev.ganger.cli.view;

import java.util.Locale;

/** What a verb prints: something for people, something for programs, or ids only. */
public enum Format {
    TABLE, JSON, QUIET, CSV;

    public static Format parse(String text) {
        for (var format : values()) {
            if (format != CSV && format.word().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("expected table, json or quiet, not '" + text + "'");
    }

    /** The same, and csv, which few verbs know. */
    public static Format parseOrCsv(String text) {
        for (var format : values()) {
            if (format.word().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("expected csv, table, json or quiet, not '" + text + "'");
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
