package dev.ganger.cli.command;

import dev.ganger.cli.client.Accepted;
import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.ResultQuery;
import dev.ganger.model.Result;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Queues a job, prints what it writes, and ends as it did. */
@Command(name = "run", customSynopsis = "ganger run [OPTION…] [--] COMMAND [ARG…]", sortOptions = false, description = {
        "Queue a job, print what it writes, and exit as its task did.",
        "Of several tasks: 0 if all succeeded, else 1. 124: timeout; 125: Ganger failed; 126, 127: cannot start; 128+N: signal N."}, footer = {
                "", "Example:", "  ganger run --timeout 10m -- make -j4 test"})
final class RunCommand implements Verb {
    private static final int GANGER_FAILED = 125;

    private final Invocation invocation;
    private final AtomicLong job = new AtomicLong();
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @Mixin
    JobOptions options = new JobOptions();

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var before = coordinator.status();
            invocation.surroundings().interrupts().atFirst(() -> interrupt(coordinator));
            var accepted = new Submitter(invocation).submit(coordinator, options);
            job.set(accepted.job());
            if (before.agents().alive() == 0) {
                new Patience(coordinator, invocation.output(), null).noteIfNoAgent();
            }
            return follow(coordinator, accepted, accepted.existed() ? 0 : before.position());
        }
    }

    private void interrupt(Coordinator coordinator) {
        if (job.get() == 0) {
            invocation.surroundings().interrupts().leave();
            return;
        }
        interrupted.set(true);
        invocation.output().note("cancelling job " + job.get() + "; Ctrl-C again leaves at once");
        coordinator.cancel(job.get(), null, "interrupted");
    }

    private int follow(Coordinator coordinator, Accepted accepted, long from) {
        var tally = new RunTally(invocation.output(), options.several());
        try {
            coordinator.results(new ResultQuery(from, List.of(accepted.job()), true, true, null), some -> {
                some.forEach((Result result) -> tally.add(result));
                invocation.output().flush();
                return true;
            });
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE ? Patience.lost(accepted.job(), failure) : failure;
        }
        return interrupted.get() ? Kind.INTERRUPTED.exitCode() : tally.exitCode(accepted);
    }

    @Override
    public int exitCode(Failure failure) {
        return switch (failure.kind()) {
            case USAGE -> failure.kind().exitCode();
            case INTERRUPTED -> failure.kind().exitCode();
            case FAILED, NOT_FOUND, UNREACHABLE, NOT_ALLOWED, QUEUE_FULL, TIMEOUT, QUEUE_EMPTY -> GANGER_FAILED;
        };
    }
}
