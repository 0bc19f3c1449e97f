package dev.ganger.coordinator.store;

import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results in the order they were recorded; only what is durable is seen. Any thread may read. */
public interface DoneQueue {

    /**
     * Results from a position on, in order, at most so many; fewer only at the end. Results of a cancelled range are given one by one.
     */
    List<Result> read(long from, int limit);

    /** The last result of a task; null if there is none. */
    @Nullable
    Result find(TaskId task);
}
