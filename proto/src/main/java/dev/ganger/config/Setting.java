package dev.ganger.config;

/**
 * An option as it is in effect.
 *
 * @param value as it would be written; empty for none
 */
public record Setting(String key, String value, Origin origin) {
    private static final String SEPARATOR = "\t";
    private static final int PARTS = 4;

    /** One line, for another program of the same version. No value has a control character in it. */
    public String line() {
        var place = origin.place().replaceAll("\\p{Cntrl}", "?");
        return String.join(SEPARATOR, key, value, origin.source().name(), place);
    }

    /** What {@link #line} wrote. */
    public static Setting parse(String line) {
        var parts = line.split(SEPARATOR, -1);
        if (parts.length != PARTS) {
            throw new AssertionError("expected key, value, source and place, not '" + line + "'");
        }
        return new Setting(parts[0], parts[1], new Origin(Source.valueOf(parts[2]), parts[3]));
    }
}
