package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.OutputQuery;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.TaskOutput;
import dev.ganger.model.Indices;
import dev.ganger.model.StreamName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what tasks write. */
@Command(name = "logs", customSynopsis = "ganger logs [OPTION…] JOB|TASK…", sortOptions = false, description = {
        "Print what jobs or some of their tasks have written, standard output and",
        "standard error each to its own. With -o json: an object for each line."}, footer = {"",
                "Example: all tasks of the last job as they write, each line marked with its task",
                "  ganger logs last -f --prefix"})
final class LogsCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Option(names = {"-f",
            "--follow"}, description = "Go on as more is written, until the tasks are finished. One job at a time.")
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
    TaskFilter filter = new TaskFilter();

    @Mixin
    Patient patient = new Patient();

    LogsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        check();
        try (var coordinator = invocation.connect(patient)) {
            var chosen = new Targets("logs", coordinator, filter).named(targets, _ -> true);
            if (follow && chosen.size() > 1) {
                throw Failure.usage(
                        "-f follows one job, or some tasks of one, not %d at a time; follow each from a terminal of its own"
                                .formatted(chosen.size()));
            }
            chosen.forEach(each -> print(coordinator, each));
            return 0;
        }
    }

    private void check() {
        if (attempt != null && attempt < 1) {
            throw Failure.usage("attempts are counted from 1; --attempt " + attempt + " is none");
        }
        if (tail != null && tail < 0) {
            throw Failure.usage("--tail takes a number of lines, 0 or more, not " + tail);
        }
        if (invocation.output().format() == Format.QUIET) {
            throw Failure.usage("'logs' prints what tasks write and has no ids to print; 'ganger tasks JOB -o quiet' has");
        }
    }

    private void print(Coordinator coordinator, Chosen chosen) {
        try {
            if (filter.states.isEmpty()) {
                print(coordinator, chosen.job(), chosen.indices());
            } else {
                TasksNow.of(coordinator, chosen.in(filter.states)).forEach(indices -> print(coordinator, chosen.job(), indices));
            }
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE && follow ? goOn(failure, chosen) : failure;
        }
    }

    private void print(Coordinator coordinator, long job, @Nullable Indices indices) {
        var query = new OutputQuery(job, indices, attempt == null ? 0 : attempt, streams(), follow,
                prefix || (follow && severalTasks(coordinator, job, indices)), tail);
        var printer = new OutputPrinter(invocation.output(), written(), follow);
        try {
            coordinator.output(query, printer);
        } finally {
            printer.end();
        }
    }

    private TaskOutput written() {
        var output = invocation.output();
        return output.format() == Format.JSON ? output.jsonLines() : output.shown(prefix);
    }

    private Set<StreamName> streams() {
        if (stdout == stderr) {
            return EnumSet.allOf(StreamName.class);
        }
        return stdout ? Set.of(StreamName.STDOUT) : Set.of(StreamName.STDERR);
    }

    /** Asking has a second use: the connection has worked then, so it is worth to try again. */
    private static boolean severalTasks(Coordinator coordinator, long job, @Nullable Indices indices) {
        var all = coordinator.job(job).job().tasks().total();
        return (indices == null ? all : indices.count()) > 1;
    }

    private static Failure goOn(Failure failure, Chosen chosen) {
        return new Failure(failure.kind(), failure.sentence() + "; 'ganger logs -f " + chosen + "' follows again", failure);
    }
}
