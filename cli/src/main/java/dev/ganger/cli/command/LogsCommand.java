package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.OutputQuery;
import dev.ganger.model.StreamName;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what tasks write. */
@Command(name = "logs", customSynopsis = "ganger logs [OPTION…] JOB|TASK", sortOptions = false, description = {
        "Print what a job or some of its tasks have written, standard output and standard error each to its own."}, footer = {"",
                "Example: all tasks of the last job as they write, each line marked with its task",
                "  ganger logs last -f --prefix"})
final class LogsCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", description = "A job: 42, last; or tasks: 42.7, 42.1-50, 42.1,3.")
    @Nullable
    Target target;

    @Option(names = {"-f", "--follow"}, description = "Go on as more is written, until the tasks are finished.")
    boolean follow;

    @Option(names = "--stdout", description = "Only standard output.")
    boolean stdout;

    @Option(names = "--stderr", description = "Only standard error.")
    boolean stderr;

    @Option(names = "--prefix", description = "Mark each line with its task, and never mix the lines of tasks.")
    boolean prefix;

    @Option(names = "--attempt", paramLabel = "N", description = "Only attempts of this number. Default: the newest of each task.")
    @Nullable
    Integer attempt;

    @Option(names = "--tail", paramLabel = "N", description = "Begin with the last N lines of each stream.")
    @Nullable
    Long tail;

    @Mixin
    Patient patient = new Patient();

    LogsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var wanted = check();
        try (var coordinator = invocation.connect(patient)) {
            var job = new Targets(coordinator).job(wanted);
            var query = new OutputQuery(job, wanted.tasks(), attempt == null ? 0 : attempt, streams(), follow,
                    prefix || (follow && severalTasks(coordinator, job, wanted)), tail);
            print(coordinator, query);
            return 0;
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE && follow ? goOn(failure, wanted) : failure;
        }
    }

    private Target check() {
        if (target == null) {
            throw Failure.usage("'logs' needs JOB|TASK");
        }
        if (attempt != null && attempt < 1) {
            throw Failure.usage("attempts are counted from 1; --attempt " + attempt + " is none");
        }
        if (tail != null && tail < 0) {
            throw Failure.usage("--tail takes a number of lines, 0 or more, not " + tail);
        }
        return target;
    }

    private Set<StreamName> streams() {
        if (stdout == stderr) {
            return EnumSet.allOf(StreamName.class);
        }
        return stdout ? Set.of(StreamName.STDOUT) : Set.of(StreamName.STDERR);
    }

    /** Asking has a second use: the connection has worked then, so it is worth to try again. */
    private static boolean severalTasks(Coordinator coordinator, long job, Target wanted) {
        var all = coordinator.job(job).job().tasks().total();
        return (wanted.tasks() == null ? all : wanted.tasks().count()) > 1;
    }

    private void print(Coordinator coordinator, OutputQuery query) {
        var printer = new OutputPrinter(invocation.output(), invocation.output().shown(prefix), follow);
        try {
            coordinator.output(query, printer);
        } finally {
            printer.end();
        }
    }

    private static Failure goOn(Failure failure, Target target) {
        var what = (target.which() == Target.Which.ONE ? target.id() : "last")
                + (target.tasks() == null ? "" : "." + target.tasks());
        return new Failure(failure.kind(), failure.sentence() + "; 'ganger logs -f " + what + "' follows again", failure);
    }
}
