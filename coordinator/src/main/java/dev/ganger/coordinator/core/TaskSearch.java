package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Views.TaskPage;
import dev.ganger.coordinator.core.Views.TaskView;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Finds tasks of a job by index and state, a page at a time: what is not looked for is not walked over. */
final class TaskSearch {
    /** Tasks that are looked at for a page, at most, so that the loop goes on. */
    private static final int LOOKED_AT = 20_000;

    private final JobProgress job;
    private final Selection selection;
    private final IntFunction<TaskView> view;
    private final TreeSet<Integer> leased = new TreeSet<>();

    TaskSearch(JobProgress job, Selection selection, IntFunction<TaskView> view) {
        this.job = job;
        this.selection = selection;
        this.view = view;
        if (!selection.states().isEmpty()) {
            job.eachLease().forEach(lease -> leased.add(lease.ordinal));
        }
    }

    TaskPage page(int from, int limit) {
        var tasks = new ArrayList<TaskView>();
        var place = next(from);
        for (var looked = 0; place >= 0 && tasks.size() < limit && looked < LOOKED_AT; looked++) {
            var ordinal = ordinalAt(place);
            if (ordinal >= 0) {
                var task = view.apply(ordinal);
                if (selection.wants(task.state())) {
                    tasks.add(task);
                }
            }
            place = next(place + 1);
        }
        return new TaskPage(tasks, place);
    }

    /** Places are those among the indices if there are some, else ordinals; -1 after the last. */
    private int next(int place) {
        var indices = selection.indices();
        if (indices != null) {
            return place < indices.count() ? place : -1;
        }
        if (selection.states().isEmpty()) {
            return place < job.count() ? place : -1;
        }
        return selection.states().stream().mapToInt(each -> next(each, place)).filter(ordinal -> ordinal >= 0).min().orElse(-1);
    }

    private int next(TaskState wanted, int from) {
        return switch (wanted) {
            case QUEUED -> job.nextQueued(from);
            case WAITING, HELD -> job.nextHeldBack(from);
            case LEASED, RUNNING, UNKNOWN -> orNone(leased.ceiling(from));
            case SUCCEEDED -> job.ended().next(from);
            case FAILED, CANCELLED -> job.ended().next(wanted, from);
            case LOST -> -1;
        };
    }

    private static int orNone(@Nullable Integer ordinal) {
        return ordinal == null ? -1 : ordinal;
    }

    private int ordinalAt(int place) {
        var indices = selection.indices();
        return indices == null ? place : job.origin.indices().ordinalOf(indices.indexAt(place));
    }
}
