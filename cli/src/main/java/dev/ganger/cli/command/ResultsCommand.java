package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.ResultQuery;
import dev.ganger.cli.view.Acts;
import dev.ganger.cli.view.Listing;
import dev.ganger.cli.view.Results;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the done queue. */
@Command(name = "results", customSynopsis = "ganger results [OPTION…] [JOB…]", sortOptions = false, description = {
        "Show the results there are, in the order they were recorded; or follow them;",
        "or take them one by one, each caller of a consumer another one."}, footer = {"",
                "Example: handle each result once, one at a time",
                "  while ganger results --next -o json > result; do ./handle result; done"})
final class ResultsCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Only of these jobs: 42, last, all. Default: all.")
    List<Target> targets = new ArrayList<>();

    @Option(names = "--follow", description = "Go on with new results; with jobs until those are finished.")
    boolean follow;

    @Option(names = "--from", paramLabel = "POSITION", description = "Begin at this position.")
    @Nullable
    Long from;

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
                read(coordinator);
            }
            return 0;
        }
    }

    private void check() {
        var one = next || peek;
        refuseIf(next && peek, "--next moves the consumer on and --peek does not; give one of them");
        refuseIf(ack != null && (one || follow), "--ack only moves the consumer; give it alone");
        refuseIf(ack != null && ack < 0, "a position is 0 or more, not " + ack);
        refuseIf(from != null && from < 0, "a position is 0 or more, not " + from);
        refuseIf((one || ack != null) && (!targets.isEmpty() || from != null || (one && follow)),
                "a consumer reads the done queue from its own place; jobs, --from and --follow do not go with it");
        refuseIf(consumer != null && !one && ack == null, "--consumer goes with --next, --peek or --ack");
        refuseIf(noWait && !one, "--no-wait goes with --next or --peek");
        refuseIf(timeout != null && !one && !follow, "--timeout goes with --next, --peek or --follow");
        refuseIf(noWait && timeout != null, "--no-wait and --timeout say different things; give one of them");
    }

    private static void refuseIf(boolean wrong, String sentence) {
        if (wrong) {
            throw Failure.usage(sentence);
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
            invocation.output().only(Results.SHAPE, taken.result());
            invocation.output().flush();
        });
    }

    private void read(Coordinator coordinator) {
        var all = targets.stream().anyMatch(target -> target.which() == Target.Which.ALL);
        var jobs = all ? List.<Long>of() : new Targets(coordinator).jobs(targets, _ -> true);
        var query = new ResultQuery(from == null ? 0 : from, jobs, follow, timeout);
        var listing = invocation.output().list(Results.SHAPE);
        var last = new AtomicLong(query.from() - 1);
        var inTime = false;
        try {
            if (follow) {
                coordinator.status();
            }
            inTime = coordinator.results().read(query, some -> list(some, listing, last));
        } catch (Failure failure) {
            throw failure.kind() == Failure.Kind.UNREACHABLE && follow ? goOn(failure, query, last.get() + 1) : failure;
        }
        listing.end();
        if (!inTime) {
            throw new Failure(Failure.Kind.TIMEOUT,
                    "followed for " + Words.length(timeout == null ? Duration.ZERO : timeout) + "; there may be more results");
        }
    }

    private void list(List<Result> some, Listing<Result> listing, AtomicLong last) {
        some.forEach(result -> {
            listing.add(result);
            last.set(result.position());
        });
        if (follow) {
            listing.flush();
        }
    }

    private static Failure goOn(Failure failure, ResultQuery query, long position) {
        var again = new StringBuilder("ganger results --follow --from ").append(Math.max(0, position));
        query.jobs().forEach(job -> again.append(' ').append(job));
        return new Failure(failure.kind(), failure.sentence() + "; '" + again + "' goes on from there", failure);
    }
}
