package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Listing;
import dev.ganger.cli.view.Tasks;
import dev.ganger.model.Task;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the tasks of jobs. */
@Command(name = "tasks", customSynopsis = "ganger tasks JOB…", description = "List the tasks of a job.", footer = {"", "Example:",
        "  ganger tasks last"})
final class TasksCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "A job: 42, last, all; or tasks of it: 42.7, 42.1-50.")
    List<Target> targets = new ArrayList<>();

    TasksCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var listing = invocation.output().list(Tasks.SHAPE);
            targets.forEach(target -> list(coordinator, target, listing));
            listing.end();
            return 0;
        }
    }

    private static void list(Coordinator coordinator, Target target, Listing<Task> listing) {
        var indices = target.tasks();
        var jobs = new Targets(coordinator);
        for (var id : target.which() == Target.Which.ALL ? jobs.all(_ -> true) : List.of(jobs.job(target))) {
            coordinator.jobs().tasks(id, task -> {
                if (indices == null || indices.ordinalOf(task.id().index()) >= 0) {
                    listing.add(task);
                }
            });
        }
    }
}
