package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Views;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator as its edges see it. What a future or a watcher tells is durable. Futures are completed and watchers called on the loop's
 * thread: they must not block.
 */
public interface Core {

    /** Decides a command; waits for room in the inbox if it is full. */
    <R> CompletableFuture<Outcome<R>> execute(Command<R> command);

    /** Answers a question about one moment; the answer must not hold on to the views. */
    <T extends @Nullable Object> CompletableFuture<T> read(Function<Views, T> question);

    /** Tells a watcher of what happens to a topic from now on, until the subscription is closed. */
    Subscription watch(Topic topic, Watcher watcher);

    /** Results from a position on, at most so many; fewer only at the end of the done queue. May block on the disk. */
    List<Result> results(long from, int limit);

    /** The last result of a task; null if it has none. May block on the disk. */
    @Nullable
    Result result(TaskId task);

    /** The last result of each finished task of a job with an index from first to last, by index. May block on the disk. */
    Map<Long, Result> results(long job, long first, long last);

    /** All results of each task of a job with an index from first to last, a round after the other, by index. May block on the disk. */
    Map<Long, List<Result>> everyResult(long job, long first, long last);

    /** No result that is kept stands before this position. May block on the disk. */
    long firstResult();

    /** No result of the job stands before this position. May block on the disk. */
    long firstResult(long job);

    /** Entries of the tasks numbered first to last of a job or draft. May block on the disk. */
    List<Bytes> entries(UUID draft, long first, long last);

    /** Ends the calls of a watcher. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
