package dev.ganger.coordinator.store;

import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results in the order they were recorded; only what is durable is seen. Any thread may read. */
public interface DoneQueue {

    /**
     * Results from a position on, in order, at most so many; fewer only at the end. Results of a cancelled range are given one by one.
     */
    List<Result> read(long from, int limit);

    /** The last result of each task of a job with an index from first to last, by index; tasks without one are missing. */
    Map<Long, Result> findAll(long job, long first, long last);

    /** All results of each task of a job with an index from first to last, a round after the other, by index. */
    Map<Long, List<Result>> findEvery(long job, long first, long last);

    /** The last result of a task; null if there is none. */
    default @Nullable Result find(TaskId task) {
        return findAll(task.job(), task.index(), task.index()).get(task.index());
    }

    /** No result that is kept stands before this position; if there is none, the end of the done queue. */
    long first();

    /** No result of the job stands before this position; if it has none, the end of the done queue. */
    long firstOf(long job);
}
