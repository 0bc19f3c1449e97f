package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Jobs;
import dev.ganger.cli.view.Tasks;
import dev.ganger.model.Job;
import dev.ganger.model.JobState;
import dev.ganger.model.Task;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until jobs and tasks are finished. */
@Command(name = "wait", customSynopsis = "ganger wait [OPTION…] JOB|TASK…", sortOptions = false, description = {
        "Wait until jobs, or some of their tasks, are finished.",
        "Exit code 0: all tasks succeeded; 1: some did not; 7: --timeout is over."}, footer = {"", "Example:",
                "  ganger wait last --timeout 1h"})
final class WaitCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last; or all: those that are not finished; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "D", description = "How long to wait for all of them (exit code 7).")
    @Nullable
    Duration timeout;

    @Mixin
    JobFilter filter = new JobFilter();

    @Mixin
    Patient patient = new Patient();

    WaitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect(patient)) {
            return run(coordinator);
        }
    }

    private int run(Coordinator coordinator) {
        var patience = new Patience(coordinator, invocation.output(), timeout);
        var good = true;
        for (var chosen : new Targets("wait", coordinator, filter).some(targets, this::isMeantByAll)) {
            if (chosen.indices() == null) {
                good &= print(patience.finished(chosen.job()));
            } else {
                patience.await(chosen);
                good &= print(coordinator, chosen);
            }
            invocation.output().flush();
        }
        return good ? 0 : 1;
    }

    /** Who filters asks how all of those did, the finished ones included. */
    private boolean isMeantByAll(Job job) {
        return targets.isEmpty() || !job.state().isFinal();
    }

    private boolean print(Job job) {
        var output = invocation.output();
        if (output.format() == Format.TABLE) {
            output.line(Jobs.summary(job));
        } else {
            output.only(Jobs.SHAPE, job);
        }
        return job.state() == JobState.SUCCEEDED;
    }

    private boolean print(Coordinator coordinator, Chosen chosen) {
        var output = invocation.output();
        var ended = new EnumMap<TaskState, Long>(TaskState.class);
        var last = new Task[1];
        var listing = output.list(Tasks.SHAPE);
        coordinator.jobs().tasks(chosen.in(List.of()), task -> {
            ended.merge(task.state(), 1L, Long::sum);
            last[0] = task;
            if (output.format() != Format.TABLE) {
                listing.add(task);
            }
        });
        if (output.format() == Format.TABLE) {
            output.line(Tasks.summary(chosen.toString(), ended, last[0]));
        } else {
            listing.end();
        }
        return ended.keySet().equals(Set.of(TaskState.SUCCEEDED));
    }
}
