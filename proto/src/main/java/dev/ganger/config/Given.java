package dev.ganger.config;

import java.util.List;

/**
 * What was said about an option.
 *
 * @param values one; of pairs any number, each KEY=VALUE
 */
record Given(List<String> values, Origin origin) {
    Given {
        values = List.copyOf(values);
    }

    Given(String value, Origin origin) {
        this(List.of(value), origin);
    }
}
