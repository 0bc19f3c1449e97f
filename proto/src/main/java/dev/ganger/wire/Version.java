package dev.ganger.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of Ganger: those whose minor numbers are at most one apart understand each other. */
public record Version(int major, int minor) {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,5})\\.([0-9]{1,5})(?:[.-].*)?");

    /** Null if it cannot be told. */
    public static @Nullable Version parse(String text) {
        var syntax = SYNTAX.matcher(text);
        return syntax.matches() ? new Version(Integer.parseInt(syntax.group(1)), Integer.parseInt(syntax.group(2))) : null;
    }

    public boolean understands(Version other) {
        return major == other.major && Math.abs(minor - other.minor) <= 1;
    }

    public boolean isOlderThan(Version other) {
        return major < other.major || major == other.major && minor < other.minor;
    }
}
