package dev.ganger.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What agents are marked with, so that people can tell them apart: a word for each of some keys. */
public final class Labels {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._/-]{1,63}");

    private Labels() {}

    /** Each KEY=VALUE, for example {@code zone=a}; a value may be empty. */
    public static SortedMap<String, String> parse(List<String> pairs) {
        var labels = new TreeMap<String, String>();
        for (var pair : pairs) {
            var equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected KEY=VALUE, for example zone=a, not '" + pair + "'");
            }
            var key = pair.substring(0, equals);
            check(key, pair.substring(equals + 1));
            if (labels.put(key, pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("the label '" + key + "' is there twice");
            }
        }
        return checked(labels);
    }

    /** The same, sorted; throws IllegalArgumentException, in a sentence, if there are too many or one is none. */
    public static SortedMap<String, String> checked(Map<String, String> labels) {
        if (labels.size() > Limits.LABELS) {
            throw new IllegalArgumentException("an agent has at most %d labels, not %d".formatted(Limits.LABELS, labels.size()));
        }
        labels.forEach(Labels::check);
        return Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "the key of a label has 1 to 63 letters, digits, '.', '_', '/' and '-', unlike '" + key + "'");
        }
        var length = value.codePointCount(0, value.length());
        if (length > Limits.LABEL_LENGTH) {
            throw new IllegalArgumentException("the value of a label has at most %d characters, that of '%s' has %d"
                    .formatted(Limits.LABEL_LENGTH, key, length));
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the value of the label '" + key + "' has a control character in it");
        }
    }
}
