package dev.ganger.cli.command;

import dev.ganger.cli.client.Accepted;
import dev.ganger.cli.client.Chunk;
import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.OutputQuery;
import dev.ganger.cli.client.OutputReader;
import dev.ganger.cli.view.OutputClosed;
import dev.ganger.cli.view.Progress;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Result;
import dev.ganger.model.StreamName;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Queues a job, prints what it writes, and ends as it did. */
@Command(name = "run", customSynopsis = "ganger run [OPTION…] [--] COMMAND [ARG…]", sortOptions = false, description = {
        "Queue a job, print what it writes, and exit as its task did. Of several tasks:",
        "0 if all succeeded, else 1. 124: timeout; 125: Ganger failed; 126, 127: cannot", "start; 128+N: signal N."}, footer = {
                "", "Example:", "  ganger run --timeout 10m -- make -j4 test"})
final class RunCommand implements Verb {
    private static final int GANGER_FAILED = 125;

    private final Invocation invocation;
    private final AtomicLong job = new AtomicLong();
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @Mixin
    JobOptions options = new JobOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nWaiting%n")
    WaitingOptions waiting = new WaitingOptions();

    @Mixin
    Patient patient = new Patient();

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var submitter = new Submitter(invocation);
        var submission = submitter.prepare(options, waiting);
        if (options.inputs.dryRun) {
            return new DryRun(invocation, options.inputs).show(submission);
        }
        try (var coordinator = invocation.connect(patient)) {
            var before = coordinator.greet();
            invocation.surroundings().interrupts().atFirst(this::interrupt);
            var accepted = submitter.submit(coordinator, submission);
            job.set(accepted.job());
            invocation.output().remark(description(accepted));
            return follow(coordinator, accepted, before.agents().alive() == 0);
        }
    }

    private String description(Accepted accepted) {
        return "job " + accepted.job() + (options.inputs.several() ? ": " + Words.count(accepted.tasks(), "task") : "");
    }

    /** On a connection of its own, and at once: the other one may be waiting for the coordinator to come back. */
    private void interrupt() {
        var id = job.get();
        if (id == 0) {
            invocation.surroundings().interrupts().leave();
            return;
        }
        interrupted.set(true);
        say("cancelling job " + id + "; Ctrl-C again leaves at once");
        try (var coordinator = invocation.connect()) {
            coordinator.cancel(id, null, "interrupted");
        } catch (Failure failure) {
            interrupted.set(false);
            say("job " + id + " cannot be cancelled now: " + failure.sentence()
                    + "; Ctrl-C again leaves, and 'ganger cancel " + id + "' cancels it later");
        }
    }

    /** Whoever ended this program may have closed its terminal before; the job is cancelled all the same. */
    private void say(String sentence) {
        try {
            invocation.output().note(sentence);
        } catch (OutputClosed _) {
            return;
        }
    }

    private int follow(Coordinator coordinator, Accepted accepted, boolean maybeNoAgent) {
        var tally = new RunTally(invocation.output(), options.inputs.several());
        var printer = new OutputPrinter(invocation.output(), invocation.output().raw(), true);
        var query = new OutputQuery(accepted.job(), null, OutputQuery.EVERY_ATTEMPT, EnumSet.allOf(StreamName.class), true,
                accepted.tasks() > 1, null);
        try {
            if (maybeNoAgent) {
                new Patience(coordinator, invocation.output(), null).noteIfNoAgent();
            }
            try (var progress = progress(accepted)) {
                coordinator.output(query, new Both(printer, tally, progress));
            }
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE ? lost(accepted.job(), failure) : failure;
        } finally {
            printer.end();
        }
        return interrupted.get() ? Kind.INTERRUPTED.exitCode() : tally.exitCode(accepted);
    }

    /** Beside what tasks write, if that goes elsewhere. */
    private Progress progress(Accepted accepted) {
        return options.inputs.several()
                ? invocation.output().progressBeside("job " + accepted.job(), accepted.tasks())
                : Progress.NONE;
    }

    private static Failure lost(long job, Failure failure) {
        return new Failure(failure.kind(), failure.sentence() + "; job " + job + " goes on: 'ganger logs -f " + job
                + "' shows what it writes, 'ganger wait " + job + "' waits for it", failure);
    }

    /** Output is printed and results are counted. */
    private record Both(OutputPrinter printer, RunTally tally, Progress progress) implements OutputReader {
        @Override
        public void chunk(Chunk chunk) {
            printer.chunk(chunk);
        }

        @Override
        public void result(Result result) {
            printer.result(result);
            tally.add(result);
            progress.at(tally.count());
        }
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
