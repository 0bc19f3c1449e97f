package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.ResultQuery;
import dev.ganger.cli.view.Listing;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Reads results in the order they were recorded, or in that of their tasks. */
final class ResultReading {
    private final Coordinator coordinator;
    private final ResultsCommand asked;

    ResultReading(Coordinator coordinator, ResultsCommand asked) {
        this.coordinator = coordinator;
        this.asked = asked;
    }

    void read(Listing<Result> listing) {
        var chosen = isEverything()
                ? List.<Chosen>of()
                : new Targets("results", coordinator, asked.filter).named(asked.targets, _ -> true);
        if (chosen.isEmpty() && !isEverything()) {
            listing.end();
            return;
        }
        chosen.forEach(this::check);
        var jobs = chosen.stream().map(Chosen::job).distinct().toList();
        var query = new ResultQuery(asked.from == null ? 0 : asked.from, jobs, asked.follow, asked.timeout, asked.everyRound,
                asked.ordered);
        read(query, chosen, listing);
    }

    /** Without a list of jobs, results are read of all: those that are there, and those that come. */
    private boolean isEverything() {
        return !asked.filter.traits.isGiven() && !asked.ordered
                && (asked.targets.isEmpty() || asked.targets.contains("all"));
    }

    /** What is named must be there; reading what is not there would find nothing. */
    private void check(Chosen chosen) {
        var indices = chosen.indices();
        if (indices != null && indices.count() == 1) {
            coordinator.jobs().task(new TaskId(chosen.job(), indices.indexAt(0)));
        } else if (!asked.targets.contains("all") && !asked.targets.isEmpty()) {
            coordinator.job(chosen.job());
        }
    }

    private void read(ResultQuery query, List<Chosen> chosen, Listing<Result> listing) {
        var last = new AtomicLong(query.from() - 1);
        var inTime = false;
        try {
            if (query.follow()) {
                coordinator.status();
            }
            inTime = coordinator.results().read(query, some -> list(some, chosen, listing, last));
        } catch (Failure failure) {
            throw failure.kind() == Failure.Kind.UNREACHABLE && query.follow() ? goOn(failure, last.get() + 1) : failure;
        }
        listing.end();
        if (!inTime) {
            throw new Failure(Failure.Kind.TIMEOUT, "followed for "
                    + Words.length(Objects.requireNonNullElse(query.timeout(), Duration.ZERO)) + "; there may be more results");
        }
    }

    private void list(List<Result> some, List<Chosen> chosen, Listing<Result> listing, AtomicLong last) {
        for (var result : some) {
            if (isAskedFor(result, chosen)) {
                listing.add(result);
            }
            last.set(result.position());
        }
        if (asked.follow) {
            listing.flush();
        }
    }

    private boolean isAskedFor(Result result, List<Chosen> chosen) {
        var states = asked.filter.states;
        return (states.isEmpty() || states.contains(result.state()))
                && (chosen.isEmpty() || chosen.stream().anyMatch(each -> each.job() == result.task().job()
                        && (each.indices() == null || each.indices().ordinalOf(result.task().index()) >= 0)));
    }

    private Failure goOn(Failure failure, long position) {
        var again = new StringBuilder("ganger results --follow").append(asked.everyRound ? " --all" : "");
        again.append(asked.ordered ? " --ordered" : " --from " + Math.max(0, position));
        asked.targets.forEach(target -> again.append(' ').append(target));
        again.append(asked.filter.isGiven() ? " " + asked.filter : "");
        return new Failure(failure.kind(),
                failure.sentence() + "; '" + again + "' goes on" + (asked.ordered ? "" : " from there"),
                failure);
    }
}
