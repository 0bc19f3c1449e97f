package dev.ganger.reference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one command is called.
 *
 * @param command   its words, for example {@code ganger agent run}
 * @param exitCodes what each exit code means; empty if the command has none of its own
 */
public record Usage(
        String command,
        String synopsis,
        String description,
        List<Example> examples,
        List<Option> options,
        List<Operand> operands,
        Map<String, String> exitCodes) {
    public Usage {
        examples = List.copyOf(examples);
        options = List.copyOf(options);
        operands = List.copyOf(operands);
        exitCodes = Collections.unmodifiableMap(new LinkedHashMap<>(exitCodes));
    }

    /**
     * An option.
     *
     * @param label       what its value is, for example {@code FILE}; empty if it takes none
     * @param everywhere  every command of its program has it
     */
    public record Option(List<String> names, String label, String description, boolean everywhere) {
        public Option {
            names = List.copyOf(names);
        }

        public boolean takesValue() {
            return !label.isEmpty();
        }
    }

    /**
     * A word that is no option.
     *
     * @param label what it is, for example {@code JOB|TASK}
     * @param many  it may be given several times
     */
    public record Operand(String label, String description, boolean many) {}

    /**
     * How it is used.
     *
     * @param title what for; empty if that can be seen
     */
    public record Example(String title, List<String> lines) {
        public Example {
            lines = List.copyOf(lines);
        }
    }
}
