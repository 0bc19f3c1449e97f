package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Acts;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Listing;
import dev.ganger.cli.view.Results;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the done queue. */
@Command(name = "results", customSynopsis = "ganger results [OPTION…] [JOB|TASK…]", sortOptions = false, description = {
        "Show the results there are, in the order they were recorded; or follow them;",
        "or take them one by one, each caller of a consumer another one. Exit code 3: a",
        "position is no longer kept; 7: --timeout is over; 8: there is none with", "--no-wait."}, footer = {"",
                "Example: handle each result once, one at a time",
                "  while ganger results --next -o json > result; do ./handle result; done"})
final class ResultsCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Only of these: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3. Default: all.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--follow", description = "Go on with new results; with jobs until those are finished.")
    boolean follow;

    @Option(names = "--ordered", description = "By job and task, each as soon as those before it are there; needs jobs.")
    boolean ordered;

    @Option(names = "--from", paramLabel = "POSITION", description = "Begin at this position.")
    @Nullable
    Long from;

    @Option(names = "--all", description = "Also the results of tasks that were retried since.")
    boolean everyRound;

    @Option(names = "--format", paramLabel = "csv|table|json|quiet", description = "csv has a header and a column for each field of the JSON, such as stdout.bytes. Default: as -o says.")
    @Nullable
    String format;

    @Option(names = "--next", description = "Take the next result of the consumer: print it, then move the consumer on.")
    boolean next;

    @Option(names = "--peek", description = "Print the next result of the consumer, and do not move the consumer on.")
    boolean peek;

    @Option(names = "--ack", paramLabel = "POSITION", description = "The consumer has used the results up to this position.")
    @Nullable
    Long ack;

    @Option(names = "--consumer", paramLabel = "NAME", description = "Each consumer has a place of its own in the done queue. Default: default.")
    @Nullable
    String consumer;

    @Option(names = "--timeout", paramLabel = "D", description = "With --next, --peek, --follow: wait no longer (exit code 7).")
    @Nullable
    Duration timeout;

    @Option(names = "--no-wait", description = "With --next, --peek: do not wait at all (exit code 8).")
    boolean noWait;

    @Mixin
    TaskFilter filter = new TaskFilter();

    @Mixin
    Patient patient = new Patient();

    ResultsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        check();
        try (var coordinator = invocation.connect(patient)) {
            if (ack != null) {
                acknowledge(coordinator, ack);
            } else if (next || peek) {
                take(coordinator);
            } else {
                new ResultReading(coordinator, this).read(listing());
            }
            return 0;
        }
    }

    private void check() {
        var _ = format();
        var one = next || peek;
        refuseIf(next && peek, "--next moves the consumer on and --peek does not; give one of them");
        refuseIf(ack != null && (one || follow), "--ack only moves the consumer; give it alone");
        refuseIf(ack != null && ack < 0, "a position is 0 or more, not " + ack);
        refuseIf(from != null && from < 0, "a position is 0 or more, not " + from);
        refuseIf((one || ack != null) && (narrowed() || (one && follow)), "a consumer reads the done queue from its own place;"
                + " jobs, filters, --from, --follow, --ordered and --all do not go with it");
        refuseIf(ack != null && format != null, "--ack prints no results; --format does not go with it");
        refuseIf(consumer != null && !one && ack == null, "--consumer goes with --next, --peek or --ack");
        refuseIf(noWait && !one, "--no-wait goes with --next or --peek");
        refuseIf(timeout != null && !one && !follow, "--timeout goes with --next, --peek or --follow");
        refuseIf(noWait && timeout != null, "--no-wait and --timeout say different things; give one of them");
        refuseIf(ordered && from != null, "--ordered goes by tasks and --from by positions; give one of them");
        refuseIf(ordered && targets.isEmpty() && !filter.traits.isGiven(),
                "--ordered needs the jobs whose tasks set the order, for example 'ganger results --ordered last'");
        for (var state : filter.states) {
            refuseIf(!state.isFinal(), "a result is succeeded, failed or cancelled, never " + Words.word(state));
        }
    }

    private boolean narrowed() {
        return !targets.isEmpty() || filter.isGiven() || from != null || ordered || everyRound;
    }

    private static void refuseIf(boolean wrong, String sentence) {
        if (wrong) {
            throw Failure.usage(sentence);
        }
    }

    private Listing<Result> listing() {
        return invocation.output().list(Results.SHAPE, format());
    }

    private @Nullable Format format() {
        try {
            return format == null ? null : Format.parseOrCsv(format);
        } catch (IllegalArgumentException problem) {
            throw new Failure(Failure.Kind.USAGE, "--format: " + problem.getMessage(), problem);
        }
    }

    private String consumer() {
        return consumer == null ? "default" : consumer;
    }

    private void acknowledge(Coordinator coordinator, long position) {
        coordinator.results().moveCursor(consumer(), position + 1);
        Acts.cursor(invocation.output(), consumer(), position + 1);
    }

    private void take(Coordinator coordinator) {
        coordinator.results().take(consumer(), noWait ? Duration.ZERO : timeout, next, taken -> {
            if (taken.missed() > 0) {
                invocation.output().note(Words.count(taken.missed(), "result") + " that the consumer '" + consumer()
                        + "' had not read " + (taken.missed() == 1 ? "is" : "are") + " no longer kept");
            }
            var listing = listing();
            listing.add(taken.result());
            listing.end();
            invocation.output().flush();
        });
    }
}
