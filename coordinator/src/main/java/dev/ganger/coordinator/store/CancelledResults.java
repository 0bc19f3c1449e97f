package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Ending;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.util.List;
import java.util.function.BiConsumer;

/** The results that the one record of a cancelled range stands for. */
final class CancelledResults {
    private CancelledResults() {}

    /** Adds those from a position on, until the list has as many as the limit. */
    static void expand(Payload.CancelledRange range, long from, int limit, List<Result> into) {
        var run = run(range);
        var skip = Math.max(0, from - range.position());
        var position = range.position() + skip;
        for (var indices : range.indices().ranges()) {
            if (into.size() >= limit) {
                return;
            }
            if (skip >= indices.count()) {
                skip -= indices.count();
                continue;
            }
            var index = indices.first() + skip * indices.step();
            skip = 0;
            for (; index <= indices.last() && into.size() < limit; index += indices.step()) {
                into.add(result(range, position++, index, run));
            }
        }
    }

    /** Tells of those of a job with an index from first to last. */
    static void tell(Payload.CancelledRange range, long job, long first, long last, BiConsumer<Long, Result> heard) {
        if (range.job() != job) {
            return;
        }
        var run = run(range);
        var position = range.position();
        for (var indices : range.indices().ranges()) {
            var skip = first <= indices.first() ? 0 : Math.ceilDiv(first - indices.first(), indices.step());
            for (var index = indices.first() + skip * indices.step(); index <= Math.min(last, indices.last()); index += indices
                    .step()) {
                heard.accept(index, result(range, position + (index - indices.first()) / indices.step(), index, run));
            }
            position += indices.count();
        }
    }

    private static Run run(Payload.CancelledRange range) {
        return Run.unseen(range.at(), new Ending.Cancelled(range.reason()));
    }

    private static Result result(Payload.CancelledRange range, long position, long index, Run run) {
        return new Result(position, new TaskId(range.job(), index), range.round(), 0, TaskState.CANCELLED, "", run, List.of(),
                range.at());
    }
}
