package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Acts;
import dev.ganger.cli.view.Words;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs finished tasks again. */
@Command(name = "retry", customSynopsis = "ganger retry [OPTION…] JOB|TASK…", sortOptions = false, description = {
        "Run the tasks again that did not succeed, each in a new round; its attempts go",
        "on counting. Exit code 6: the queue has no room for them."}, footer = {"",
                "Example: what failed on a machine that was broken",
                "  ganger retry 42 --failed --agent web-7"})
final class RetryCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    TaskFilter filter = new TaskFilter();

    @Option(names = "--failed", description = "Only tasks that failed, not those that were cancelled.")
    boolean failed;

    @Option(names = "--agent", paramLabel = "NAME", description = "Only tasks whose last attempt ran on this agent.")
    String agent = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the tasks.")
    String reason = "";

    RetryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var states = states();
        try (var coordinator = invocation.connect()) {
            new Targets("retry", coordinator, filter).some(targets, _ -> true)
                    .forEach(chosen -> retry(coordinator, chosen, states));
            return 0;
        }
    }

    /** None: those that did not succeed. */
    private List<TaskState> states() {
        if (failed && !filter.states.isEmpty()) {
            throw Failure.usage("--failed is --state failed; give one of them");
        }
        for (var state : filter.states) {
            if (!state.isFinal()) {
                throw Failure.usage("finished tasks are run again: succeeded, failed or cancelled ones, not those that are "
                        + Words.word(state));
            }
        }
        return failed ? List.of(TaskState.FAILED) : filter.states;
    }

    private void retry(Coordinator coordinator, Chosen chosen, List<TaskState> states) {
        Acts.retried(invocation.output(), chosen.job(), coordinator.jobs().retry(chosen.in(states), agent, reason));
    }
}
