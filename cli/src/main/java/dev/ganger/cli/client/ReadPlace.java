package dev.ganger.cli.client;

import dev.ganger.model.Result;
import dev.ganger.proto.v1.ReadResultsRequest;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far results were read: so that reading goes on over another connection without a result doubled or missing. */
final class ReadPlace {
    private final ResultQuery query;
    private final Comparator<Result> order;
    private long next;
    private @Nullable Result last;

    ReadPlace(ResultQuery query) {
        this.query = query;
        this.next = query.from();
        this.order = Comparator.<Result>comparingInt(result -> query.jobs().indexOf(result.task().job()))
                .thenComparingLong(result -> result.task().index())
                .thenComparingInt(Result::round);
    }

    /** In order there is no position to go on from: all is sent again. */
    ReadResultsRequest request() {
        return ReadResultsRequest.newBuilder()
                .setFrom(query.ordered() ? 0 : next)
                .addAllJobs(query.jobs())
                .setFollow(query.follow())
                .setEveryRound(query.everyRound())
                .setOrdered(query.ordered())
                .build();
    }

    /** Those that are new. */
    List<Result> fresh(List<Result> some) {
        var before = last;
        return query.ordered() && before != null
                ? some.stream().filter(result -> order.compare(result, before) > 0).toList()
                : some;
    }

    void used(List<Result> some) {
        for (var result : some) {
            next = result.position() + 1;
            last = result;
        }
    }
}
