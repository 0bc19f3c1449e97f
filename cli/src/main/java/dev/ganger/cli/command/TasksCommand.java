package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Listing;
import dev.ganger.cli.view.Tasks;
import dev.ganger.model.Task;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the tasks of jobs. */
@Command(name = "tasks", customSynopsis = "ganger tasks [OPTION…] JOB|TASK…", sortOptions = false, description = "List the tasks of jobs.", footer = {
        "", "Example:",
        "  ganger tasks last --state failed"})
final class TasksCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    TaskFilter filter = new TaskFilter();

    TasksCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var chosen = new Targets("tasks", coordinator, filter).named(targets, _ -> true);
            var listing = invocation.output().list(Tasks.SHAPE);
            chosen.forEach(each -> list(coordinator, each, listing));
            listing.end();
            return 0;
        }
    }

    private void list(Coordinator coordinator, Chosen chosen, Listing<Task> listing) {
        var some = new boolean[1];
        coordinator.jobs().tasks(chosen.in(filter.states), task -> {
            some[0] = true;
            listing.add(task);
        });
        if (!some[0] && chosen.indices() != null && filter.states.isEmpty()) {
            throw chosen.missing();
        }
    }
}
