package dev.ganger.config;

/**
 * Where a value came from.
 *
 * @param place the option, the variable, or FILE:LINE; empty for a default
 */
public record Origin(Source source, String place) {
    static final Origin DEFAULT = new Origin(Source.DEFAULT, "");

    static Origin flag(String key) {
        return new Origin(Source.FLAG, "--" + key);
    }

    static Origin variable(String name) {
        return new Origin(Source.VARIABLE, name);
    }

    static Origin line(String file, int line) {
        return new Origin(Source.FILE, file + ":" + line);
    }

    /** That the value of this key is wrong, such that whoever gave it finds it. */
    WrongSetting wrong(String key, String why) {
        return new WrongSetting(switch (source) {
            case FLAG -> "invalid value for option '" + place + "': " + why;
            case VARIABLE -> "the variable " + place + " is wrong: " + why;
            case FILE -> place + ": invalid value for '" + key + "': " + why;
            case DEFAULT -> why;
        });
    }
}
