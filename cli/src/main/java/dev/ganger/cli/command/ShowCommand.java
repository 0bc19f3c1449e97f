package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Jobs;
import dev.ganger.cli.view.Tasks;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows everything about jobs and tasks. */
@Command(name = "show", customSynopsis = "ganger show [OPTION…] JOB|TASK…", sortOptions = false, description = "Show everything about a job or a task, attempts included.", footer = {
        "", "Example:",
        "  ganger show 42.7"})
final class ShowCommand implements Verb {
    private final Invocation invocation;
    private boolean shown;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    JobFilter filter = new JobFilter();

    ShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            new Targets("show", coordinator, filter).some(targets, _ -> true).forEach(each -> show(coordinator, each));
            return 0;
        }
    }

    private void show(Coordinator coordinator, Chosen chosen) {
        var indices = chosen.indices();
        if (indices == null) {
            var details = coordinator.job(chosen.job());
            next();
            Jobs.show(invocation.output(), details.job(), details.spec());
        } else if (indices.count() == 1) {
            var task = coordinator.jobs().task(new TaskId(chosen.job(), indices.indexAt(0)));
            next();
            Tasks.show(invocation.output(), task);
        } else {
            showSome(coordinator, chosen);
        }
    }

    private void showSome(Coordinator coordinator, Chosen chosen) {
        var some = new boolean[1];
        coordinator.jobs().tasks(chosen.in(List.of()), task -> {
            some[0] = true;
            next();
            Tasks.show(invocation.output(), task);
        });
        if (!some[0]) {
            throw chosen.missing();
        }
    }

    private void next() {
        if (shown) {
            invocation.output().blank();
        }
        shown = true;
    }
}
