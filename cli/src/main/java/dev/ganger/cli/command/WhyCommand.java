package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Explanation;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Task;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Explains why jobs and tasks stand where they do. */
@Command(name = "why", customSynopsis = "ganger why [OPTION…] JOB|TASK…", sortOptions = false, description = "Say in sentences why a job or a task waits, runs where it runs, or ended as it did.", footer = {
        "", "Example:", "  ganger why 42.7"})
final class WhyCommand implements Verb {
    /** Each is a question of its own. */
    private static final int TASKS_AT_MOST = 1000;

    private final Invocation invocation;
    private boolean several;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last; or all: those that are not finished; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    JobFilter filter = new JobFilter();

    WhyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var chosen = new Targets("why", coordinator, filter).some(targets,
                    job -> targets.isEmpty() || !job.state().isFinal());
            several = chosen.size() > 1;
            chosen.forEach(each -> explain(coordinator, each));
            return 0;
        }
    }

    private void explain(Coordinator coordinator, Chosen chosen) {
        if (chosen.indices() == null) {
            var job = coordinator.job(chosen.job()).job();
            say(Long.toString(job.id()), Words.word(job.state()), coordinator.jobs().explain(job.id(), null));
            return;
        }
        var tasks = tasks(coordinator, chosen);
        several |= tasks.size() > 1;
        for (var task : tasks) {
            say(task.id().toString(), Words.word(task.state()), coordinator.jobs().explain(chosen.job(), task.id().index()));
        }
    }

    private static List<Task> tasks(Coordinator coordinator, Chosen chosen) {
        var tasks = new ArrayList<Task>();
        if (chosen.indices() != null && chosen.indices().count() > TASKS_AT_MOST) {
            throw Failure.usage("'why' explains at most %d tasks in one call, not the %d of %s".formatted(TASKS_AT_MOST,
                    chosen.indices().count(), chosen));
        }
        coordinator.jobs().tasks(chosen.in(List.of()), tasks::add);
        if (tasks.isEmpty()) {
            throw chosen.missing();
        }
        return tasks;
    }

    private void say(String id, String state, List<String> sentences) {
        Explanation.show(invocation.output(), id, state, sentences, several);
    }
}
