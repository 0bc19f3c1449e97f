package dev.ganger.program;

import dev.ganger.config.Key;
import dev.ganger.config.Keys;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a process as keys of its configuration, so that there is no option without one. */
public final class OptionKeys {
    private static final String DASHES = "--";

    private OptionKeys() {}

    /** Of an object with annotated options; some have one more variable, which their own beats. */
    public static Keys of(String owner, Object options, Map<String, String> further) {
        return Keys.ofProcess(owner, CommandSpec.forAnnotatedObject(options).options().stream()
                .map(option -> key(owner, option, further)).toList());
    }

    private static Key key(String owner, OptionSpec option, Map<String, String> further) {
        var name = option.longestName().substring(DASHES.length());
        var form = option.isMultiValue() ? Key.Form.PAIRS : option.typeInfo().isBoolean() ? Key.Form.SWITCH : Key.Form.VALUE;
        var variables = Stream.concat(Stream.of(Keys.variable(owner, name)), Stream.ofNullable(further.get(name)));
        return new Key(name, form, variables.toList());
    }
}
