package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets held jobs and tasks go. */
@Command(name = "release", customSynopsis = "ganger release [OPTION…] JOB|TASK…", sortOptions = false, description = "Let what 'ganger hold' holds of jobs, or of some of their tasks, go again.", footer = {
        "", "Example:", "  ganger release 42"})
final class ReleaseCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    TaskFilter filter = new TaskFilter();

    ReleaseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            new Targets("release", coordinator, filter).some(targets, job -> !job.state().isFinal())
                    .forEach(chosen -> release(coordinator, chosen));
            return 0;
        }
    }

    private void release(Coordinator coordinator, Chosen chosen) {
        var released = 0L;
        if (filter.states.isEmpty()) {
            released = coordinator.jobs().release(chosen.job(), chosen.indices());
        } else {
            for (var indices : TasksNow.of(coordinator, chosen.in(filter.states))) {
                released += coordinator.jobs().release(chosen.job(), indices);
            }
        }
        Acts.released(invocation.output(), chosen.job(), released);
    }
}
