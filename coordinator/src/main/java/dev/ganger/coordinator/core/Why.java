package dev.ganger.coordinator.core;

import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the core can say about why things stand as they do; what is final is told by the results. */
public sealed interface Why {
    /** For people, the most important first. */
    List<String> sentences();

    /** Of a task. */
    record OfTask(TaskId task, TaskState state, @Nullable Duration timeout, int retries, List<String> sentences) implements Why {
        public OfTask {
            sentences = List.copyOf(sentences);
        }
    }

    /** Of a job; failed are tasks that failed, the first ones, and how many there are in all. */
    record OfJob(long job, boolean finished, List<Long> failed, int failedCount, @Nullable Duration timeout,
            List<String> sentences) implements Why {
        public OfJob {
            failed = List.copyOf(failed);
            sentences = List.copyOf(sentences);
        }
    }
}
