package dev.ganger.cli.command;

import dev.ganger.cli.view.Words;
import dev.ganger.model.JobState;
import dev.ganger.model.TaskState;
import java.util.Arrays;
import java.util.List;

/** States as users write them. */
final class States {
    private static final List<TaskState> OF_TASKS = Arrays.stream(TaskState.values()).filter(each -> each != TaskState.LOST)
            .toList();

    private States() {}

    static JobState ofJob(String text) {
        return parse(text, List.of(JobState.values()));
    }

    static TaskState ofTask(String text) {
        return parse(text, OF_TASKS);
    }

    private static <E extends Enum<E>> E parse(String text, List<E> states) {
        return states.stream().filter(state -> Words.word(state).equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected "
                        + String.join(", ", states.stream().limit(states.size() - 1).map(Words::word).toList()) + " or "
                        + Words.word(states.getLast()) + ", not '" + text + "'"));
    }

    /** As they were asked for. */
    static String words(List<String> states) {
        return states.isEmpty() ? "" : "--state " + String.join(",", states);
    }
}
