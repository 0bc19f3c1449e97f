package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Jobs;
import dev.ganger.cli.view.Tasks;
import dev.ganger.model.TaskId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about one job or task. */
@Command(name = "show", customSynopsis = "ganger show JOB|TASK", description = "Show everything about one job or task, attempts included.", footer = {
        "", "Example:",
        "  ganger show 42.7"})
final class ShowCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", description = "A job: 42, last; or a task: 42.7.")
    @Nullable
    Target target;

    ShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        if (target == null) {
            throw Failure.usage("'show' needs JOB|TASK");
        }
        try (var coordinator = invocation.connect()) {
            var job = new Targets(coordinator).job(target);
            var indices = target.tasks();
            if (indices == null) {
                var details = coordinator.job(job);
                Jobs.show(invocation.output(), details.job(), details.spec());
            } else if (indices.count() == 1) {
                Tasks.show(invocation.output(), coordinator.jobs().task(new TaskId(job, indices.indexAt(0))));
            } else {
                throw Failure.usage("'show' takes one task at a time, for example 42.7, not " + indices.count() + " of them");
            }
            return 0;
        }
    }
}
