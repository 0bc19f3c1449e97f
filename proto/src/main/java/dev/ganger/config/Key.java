package dev.ganger.config;

import java.util.List;

/**
 * An option that can be configured.
 *
 * @param name      as files spell it: the option's long name without its dashes
 * @param variables that give it; the first that is set counts
 */
public record Key(String name, Form form, List<String> variables) {
    public Key {
        variables = List.copyOf(variables);
    }

    /** What is given. */
    public enum Form {
        /** One value. */
        VALUE,
        /** True or false. */
        SWITCH,
        /** Any number of KEY=VALUE: a map in a file, with commas in a variable. */
        PAIRS
    }
}
