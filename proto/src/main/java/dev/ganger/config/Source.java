package dev.ganger.config;

import java.util.Locale;

/** Who can say what an option is; each beats those after it. */
public enum Source {
    FLAG, VARIABLE, FILE, DEFAULT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
